// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.checks.records;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.tlsrpt.report.DomainName;
import java.io.InputStream;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The digests were made by {@code openssl x509} and {@code sha256sum}. */
class TlsaRecordTest {
  private static final String LEAF_256 =
      "0b37a58fc9416f2313278641da13318f098c0d3319bba241e3544e0df0126190";
  private static final String LEAF_512 =
      "202ff06bbc4707087df0dbb4aedb60ded6ac2709f59765cc7bcbfffd73cef2d4"
          + "3baae9f6aa6b2df903e156e347540b0d48ff4ba4e2ae629fe69fe1ad59da40da";
  private static final String LEAF_KEY_256 =
      "20c2ecfc5789bd9ec420ad77b5a66051506f07fb5daaf4114aff3446db32cefe";
  private static final String LEAF_KEY =
      "3059301306072a8648ce3d020106082a8648ce3d03010703420004259acf2e3d066c9133b8125b592b619ba436"
          + "64f63d8e46a6a27390c9d32b301a76c3d37e1bef1fb85a19bd421cbe1da9cef3f8fcbe451b0cbd0ebe40f798dd87";
  private static final String ROOT_256 =
      "88026deb272b8cf7cf5950452b488f6d906737ece3915588202bde0b866df0b1";
  private static final String ROOT_KEY_256 =
      "631b7ff055d1b20a291a85d69895a9903b25700da43ae1fb9cc011c72c048072";

  private X509Certificate leaf;
  private X509Certificate root;
  private List<X509Certificate> chain;

  @BeforeEach
  void read() throws Exception {
    leaf = certificate("leaf.pem");
    root = certificate("root.pem");
    chain = List.of(leaf, root);
  }

  @ParameterizedTest
  @CsvSource({
    "3, 0, 1, " + LEAF_256,
    "3, 0, 2, " + LEAF_512,
    "3, 1, 1, " + LEAF_KEY_256,
    "3, 1, 0, " + LEAF_KEY,
    "2, 1, 1, " + LEAF_KEY_256,
  })
  void recordShouldMatchTheHostsOwnCertificate(int usage, int selector, int type, String data) {
    assertThat(new TlsaRecord(usage, selector, type, data).match(chain)).contains(leaf);
  }

  @ParameterizedTest
  @CsvSource({"0, 1, " + ROOT_256, "1, 1, " + ROOT_KEY_256})
  void recordOfTheRootShouldMatchWithUsage2Only(int selector, int type, String data) {
    assertThat(new TlsaRecord(2, selector, type, data).match(chain)).contains(root);
    assertThat(new TlsaRecord(3, selector, type, data).match(chain)).isEmpty();
    assertThat(new TlsaRecord(0, selector, type, data).match(chain)).isEmpty();
    assertThat(new TlsaRecord(2, selector, type, data).match(List.of(leaf))).isEmpty();
    assertThat(new TlsaRecord(2, selector, type, data).match(List.of())).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0, 1, 32, usage 0 does not count on port 25 (RFC 7672 §3.1.3)",
    "1, 1, 1, 32, usage 1 does not count on port 25 (RFC 7672 §3.1.3)",
    "255, 1, 1, 32, usage 255 is none",
    "3, 2, 1, 32, selector 2 is none",
    "3, 1, 3, 32, matching type 3 is none",
    "3, 1, 1, 31, 'matching type 1 takes 32 octets, not 31'",
    "2, 1, 2, 32, 'matching type 2 takes 64 octets, not 32'",
    "3, 1, 0, 0, it has no data",
  })
  void recordOfNoUseShouldSayWhy(int usage, int selector, int type, int octets, String why) {
    TlsaRecord record = TlsaRecord.of(usage, selector, type, new byte[octets]);

    assertThat(record.unusable()).contains(why);
    assertThat(record.match(chain)).isEmpty();
  }

  @Test
  void recordToPublishShouldNameTheKey() {
    TlsaRecord record = TlsaRecord.toPublish(leaf);

    assertThat(record.published(new DomainName("mx.example.com")))
        .isEqualTo("_25._tcp.mx.example.com. IN TLSA 3 1 1 " + LEAF_KEY_256);
    assertThat(record.endsWithCertificate()).isFalse();
    assertThat(record.match(chain)).contains(leaf);
    assertThat(record).hasToString("3 1 1 " + LEAF_KEY_256.substring(0, 16) + "…");
  }

  @Property
  void anyRecordShouldBeJudged(
      @ForAll int usage, @ForAll int selector, @ForAll int type, @ForAll byte[] data) {
    TlsaRecord record = TlsaRecord.of(usage, selector, type, data);

    assertThat(record.data()).isEqualTo(HexFormat.of().formatHex(data));
    assertThat(record.isUsable()).isEqualTo(record.unusable().isEmpty());
    assertThat(record.match(List.of())).isEmpty();
  }

  private static X509Certificate certificate(String resource) throws Exception {
    try (InputStream pem = requireNonNull(TlsaRecordTest.class.getResourceAsStream(resource))) {
      return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(pem);
    }
  }
}
