// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.checks.certificates;

import static org.assertj.core.api.Assertions.assertThat;

import io.tlsrpt.testing.tls.CertificatePlan;
import io.tlsrpt.testing.tls.ServerCertificate;
import io.tlsrpt.testing.tls.TestCa;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What usage 2 of DANE asks of a chain (RFC 7672 §3.1.2). */
class DanePathTest {
  private final Instant now = Instant.now();
  private static final TestCa ROOT = TestCa.root("Root");
  private static final TestCa CA = ROOT.intermediate("Upper").intermediate("Lower");
  private static final ServerCertificate SERVER = CA.issue("mx.example.com");

  @Test
  void pathShouldLeadToEachCertificateAboveTheServers() {
    List<X509Certificate> chain = SERVER.with(ROOT.certificate()).chain();

    assertThat(chain).hasSize(4);
    assertThat(chain.stream().skip(1))
        .allSatisfy(root -> assertThat(CertificateJudge.leadsTo(root, chain, now)).isTrue());
  }

  @Test
  void serversOwnCertificateShouldBeNoRootUnlessItSignedItself() {
    ServerCertificate own = TestCa.selfSigned(CertificatePlan.naming("mx.example.com"));

    assertThat(CertificateJudge.leadsTo(SERVER.own(), SERVER.chain(), now)).isFalse();
    assertThat(CertificateJudge.leadsTo(own.own(), own.chain(), now)).isTrue();
    assertThat(CertificateJudge.leadsTo(own.own(), own.chain(), now.plus(Duration.ofDays(100))))
        .isFalse();
  }

  @Test
  void certificateThatIsOnlySentShouldBeNoRoot() {
    TestCa stranger = TestCa.root("Stranger");
    TestCa namesake = TestCa.root("Lower");

    assertThat(leadsTo(SERVER.with(stranger.certificate()), stranger.certificate())).isFalse();
    assertThat(leadsTo(SERVER.with(namesake.certificate()), namesake.certificate())).isFalse();
  }

  @Test
  void gapInTheChainShouldEndThePath() {
    ServerCertificate gap = SERVER.alone().with(ROOT.certificate());

    assertThat(leadsTo(gap, ROOT.certificate())).isFalse();
  }

  @Test
  void datesShouldCountForAllOfThePath() {
    List<X509Certificate> chain = SERVER.chain();
    X509Certificate lower = chain.get(1);
    TestCa ended = ROOT.intermediate("Gone", now.minusSeconds(9_000), now.minusSeconds(10));
    ServerCertificate below = ended.issue("mx.example.com");

    assertThat(CertificateJudge.leadsTo(lower, chain, now.plus(Duration.ofDays(100)))).isFalse();
    assertThat(leadsTo(below, ended.certificate())).isFalse();
  }

  private boolean leadsTo(ServerCertificate certificate, X509Certificate root) {
    return CertificateJudge.leadsTo(root, certificate.chain(), now);
  }
}
