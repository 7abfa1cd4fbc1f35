// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.checks.records;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.tlsrpt.report.DomainName;
import java.io.InputStream;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TlsaMatchTest {
  private static final DomainName HOST = new DomainName("mx.example.com");
  private static final TlsaRecord FOREIGN = new TlsaRecord(3, 1, 1, "ab".repeat(32));
  private static final TlsaRecord USELESS = new TlsaRecord(1, 1, 1, "ab".repeat(32));

  private X509Certificate leaf;
  private X509Certificate root;

  @BeforeEach
  void read() throws Exception {
    leaf = certificate("leaf.pem");
    root = certificate("root.pem");
  }

  @Test
  void oneRecordThatFitsShouldBeEnough() {
    TlsaMatch match = match(List.of(FOREIGN, key(3, leaf), USELESS), true);

    assertThat(match)
        .isEqualTo(new TlsaMatch(List.of(key(3, leaf)), List.of(FOREIGN), List.of(USELESS)));
    assertThat(match.fault(HOST, leaf)).isEmpty();
    assertThat(match.isRollOver()).isTrue();
  }

  @Test
  void recordThatWouldFitShouldBeNamed() {
    TlsaMatch match = match(List.of(FOREIGN), true);

    assertThat(match.isUsable()).isTrue();
    assertThat(match.fault(HOST, leaf))
        .contains(
            "no TLSA record fits the certificate: _25._tcp.mx.example.com. IN TLSA 3 1 1 "
                + key(3, leaf).data());
    assertThat(match.fault(HOST, leaf).orElseThrow()).hasSizeLessThan(200);
    assertThat(match.isRollOver()).isFalse();
  }

  @Test
  void recordsOfNoUseShouldSayWhy() {
    TlsaMatch match = match(List.of(USELESS), true);

    assertThat(match.isUsable()).isFalse();
    assertThat(match.fault(HOST, leaf))
        .contains("usage 1 does not count on port 25 (RFC 7672 §3.1.3)");
    assertThat(match(List.of(), true).fault(HOST, leaf)).isEmpty();
  }

  @Test
  void recordOfAnIssuerShouldNeedAPathFromIt() {
    List<TlsaRecord> records = List.of(key(2, root));

    assertThat(match(records, true).matching()).isEqualTo(records);
    assertThat(match(records, false).others()).isEqualTo(records);
  }

  @Test
  void recordOfTheHostItselfShouldNeedNoPath() {
    assertThat(match(List.of(key(3, leaf)), false).fault(HOST, leaf)).isEmpty();
  }

  @Test
  void recordOfTheWholeCertificateShouldEndWithIt() {
    TlsaRecord whole = TlsaRecord.of(3, 0, 1, leaf).orElseThrow();

    assertThat(match(List.of(whole), true).endsWithCertificate()).isTrue();
    assertThat(match(List.of(whole, key(3, leaf)), true).endsWithCertificate()).isFalse();
    // The next one is published already.
    assertThat(match(List.of(whole, FOREIGN), true).endsWithCertificate()).isFalse();
    assertThat(match(List.of(), true).endsWithCertificate()).isFalse();
  }

  private TlsaMatch match(List<TlsaRecord> records, boolean hasPath) {
    return TlsaMatch.of(records, List.of(leaf, root), anchor -> hasPath);
  }

  private static TlsaRecord key(int usage, X509Certificate certificate) {
    return TlsaRecord.of(usage, 1, 1, certificate).orElseThrow();
  }

  private static X509Certificate certificate(String resource) throws Exception {
    try (InputStream pem = requireNonNull(TlsaMatchTest.class.getResourceAsStream(resource))) {
      return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(pem);
    }
  }
}
