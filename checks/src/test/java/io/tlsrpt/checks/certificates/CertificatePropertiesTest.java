// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.checks.certificates;

import static org.assertj.core.api.Assertions.assertThat;

import io.tlsrpt.checks.words.Words;
import io.tlsrpt.report.DomainName;
import io.tlsrpt.testing.tls.CertificatePlan;
import io.tlsrpt.testing.tls.ServerCertificate;
import io.tlsrpt.testing.tls.TestCa;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;

/** What holds for every certificate that a handshake can bring. */
@Tag("slow")
class CertificatePropertiesTest {
  private static final DomainName HOST = new DomainName("mx.example.com");
  private static final TestCa ROOT = TestCa.root("Root");
  private static final ServerCertificate SERVER =
      ROOT.intermediate("Intermediate")
          .issue(
              CertificatePlan.naming(HOST.value(), "*.example.net")
                  .issuerAt(URI.create("http://127.0.0.1:1/")));

  private final CertificateJudge judge = CertificateJudge.withRoots(List.of(ROOT.certificate()));

  @Property(tries = 500)
  void certificateWithWrongOctetsShouldBeJudgedAndFoundBad(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 3) int changes,
      @ForAll @IntRange(min = 0, max = 1) int which)
      throws CertificateException {
    Optional<X509Certificate> changed =
        changed(SERVER.chain().get(which).getEncoded(), new Random(seed), changes);
    if (changed.isEmpty()) {
      // No handshake brings it, since the JDK does not read it.
      return;
    }
    List<X509Certificate> chain = new ArrayList<>(SERVER.chain());
    chain.set(which, changed.get());

    CertificateJudgement judgement = judge.judge(chain, HOST, Instant.now());

    assertThat(judgement.good()).isFalse();
    assertThat(judgement.faults())
        .allSatisfy(
            fault ->
                assertThat(fault.words())
                    .isNotBlank()
                    .hasSizeLessThanOrEqualTo(Words.MAX_LENGTH)
                    .doesNotContain("<", "\n"));
    boolean leads = CertificateJudge.leadsTo(chain.getLast(), chain, Instant.now());
    // Nobody needs to vouch for the intermediate that is itself the root of the question.
    assertThat(leads && which == 0).isFalse();
  }

  /** One that differs and can be read. */
  private static Optional<X509Certificate> changed(byte[] octets, Random random, int changes)
      throws CertificateEncodingException {
    byte[] copy = octets.clone();
    for (int i = 0; i < changes; i++) {
      copy[random.nextInt(copy.length)] = (byte) random.nextInt();
    }
    try {
      return CertificateFactory.getInstance("X.509")
          .generateCertificates(new ByteArrayInputStream(copy))
          .stream()
          .map(X509Certificate.class::cast)
          .filter(certificate -> !SERVER.chain().contains(certificate))
          .findFirst();
    } catch (CertificateException e) {
      return Optional.empty();
    }
  }
}
