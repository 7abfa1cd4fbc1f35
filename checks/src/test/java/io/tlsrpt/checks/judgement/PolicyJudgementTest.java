// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.checks.judgement;

import static org.assertj.core.api.Assertions.assertThat;

import io.tlsrpt.checks.certificates.CertificateFault;
import io.tlsrpt.checks.certificates.CertificateJudgement;
import io.tlsrpt.checks.connections.PolicyResult;
import io.tlsrpt.figures.FailureKind;
import io.tlsrpt.figures.posture.Seen;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PolicyJudgementTest {
  private static final Instant ENDS = Instant.parse("2026-12-07T12:00:00Z");
  private static final Optional<String> OPEN = Optional.empty();

  @Test
  void connectionThatFailsShouldBeTheHostsFaultOnlyIfSuchConnectionsSucceed() {
    PolicyResult refused = new PolicyResult.NotConnected("no connection to port 443: refused");

    assertThat(PolicyJudgement.judge("1", refused, OPEN).seen())
        .isEqualTo(
            Seen.failing("no connection to port 443: refused", FailureKind.STS_POLICY_FETCH_ERROR));
    assertThat(PolicyJudgement.judge("1", refused, Optional.of("the door is closed")).seen())
        .isEqualTo(Seen.unknown("the door is closed", FailureKind.STS_POLICY_FETCH_ERROR));
  }

  @Test
  void answerThatIsNoPolicyShouldBeFailing() {
    PolicyResult missing = new PolicyResult.NotFetched("status 404", false);
    PolicyResult slow = new PolicyResult.NotFetched("no end within 30 s", true);

    assertThat(PolicyJudgement.judge("1", missing, Optional.of("closed")).seen())
        .isEqualTo(Seen.failing("status 404", FailureKind.STS_POLICY_FETCH_ERROR));
    assertThat(PolicyJudgement.judge("1", slow, OPEN).seen())
        .isEqualTo(Seen.failing("no end within 30 s", FailureKind.STS_POLICY_FETCH_ERROR));
  }

  @Test
  void allFaultsOfTheCertificateShouldBeTold() {
    CertificateJudgement bad =
        new CertificateJudgement(
            List.of(
                new CertificateFault(CertificateFault.Kind.NAME, "it names others"),
                new CertificateFault(CertificateFault.Kind.TRUST, "it is self-signed")),
            ENDS,
            true,
            "ends on 2026-12-07, in 8 days",
            "CN=Issuer");
    PolicySight sight = PolicyJudgement.judge("1", new PolicyResult.BadCertificate(bad), OPEN);

    assertThat(sight.seen().faults())
        .containsExactly(
            "the certificate of the policy host: it names others",
            "the certificate of the policy host: it is self-signed");
    assertThat(sight.seen().kinds()).containsExactly(FailureKind.STS_WEBPKI_INVALID);
    assertThat(sight.certificateExpires()).contains(ENDS);
  }
}
