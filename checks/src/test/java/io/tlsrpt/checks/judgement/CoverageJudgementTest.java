// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.checks.judgement;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tlsrpt.checks.dns.MailHost;
import io.tlsrpt.checks.dns.MailHosts;
import io.tlsrpt.checks.records.MtaStsPolicy;
import io.tlsrpt.figures.FailureKind;
import io.tlsrpt.figures.posture.CheckStatus;
import io.tlsrpt.figures.posture.Seen;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CoverageJudgementTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          enforce | mx.example.com      | mx.example.com   | OK      |
          enforce | mx.example.com      | *.example.com    | OK      |
          enforce | mx.example.com      | mx2.example.com  | FAILING | mx.example.com is an MX host and in no mx: line of the policy; no MX host is named by the policy's line mx: mx2.example.com
          testing | mx.example.com      | mx2.example.com  | FAILING | mx.example.com is an MX host and in no mx: line of the policy; no MX host is named by the policy's line mx: mx2.example.com
          none    | mx.example.com      | mx2.example.com  | OK      | no MX host is named by the policy's line mx: mx2.example.com
          enforce | x.h-v1.example.com  | *.example.com    | FAILING | x.h-v1.example.com is an MX host and in no mx: line of the policy (*.example.com covers one label only); no MX host is named by the policy's line mx: *.example.com
          enforce | 192.0.2.1           | mx.example.com   | OK      | MX 192.0.2.1 is no host name: senders need one; no MX host is named by the policy's line mx: mx.example.com
          """)
  void hostShouldBeNamedByThePolicy(
      String mode, String host, String line, CheckStatus status, String words) {
    Seen seen = CoverageJudgement.judge(Dane.mx(false, host), policy(mode, line));

    assertThat(seen.status()).isEqualTo(status);
    assertThat(String.join("; ", seen.findings())).isEqualTo(words == null ? "" : words);
    assertThat(seen.kinds())
        .isEqualTo(
            status == CheckStatus.FAILING
                ? Set.of(FailureKind.VALIDATION_FAILURE, FailureKind.CERTIFICATE_HOST_MISMATCH)
                : Set.of());
  }

  @Test
  void oneOfTwoShouldBeEnough() {
    Seen seen =
        CoverageJudgement.judge(
            Dane.mx(false, "mx1.example.com", "mx2.example.com"),
            policy("enforce", "mx1.example.com"));

    assertThat(seen.faults())
        .containsExactly("mx2.example.com is an MX host and in no mx: line of the policy");
  }

  @Test
  void hostsBeyondTheLimitShouldBeNoted() {
    MailHosts many =
        new MailHosts.Hosts(List.of(new MailHost(10, "mx.example.com")), 7, false, false);

    assertThat(CoverageJudgement.judge(many, policy("enforce", "mx.example.com")).notes())
        .containsExactly("7 more MX hosts are not looked at");
  }

  @Test
  void withoutPolicyOrAnswerNothingShouldBeFailing() {
    MailHosts mx = Dane.mx(false, "mx.example.com");
    PolicySight usable = policy("enforce", "mx.example.com");

    assertThat(CoverageJudgement.judge(mx, new PolicySight.NotLookedAt("1", Seen.OK)))
        .isEqualTo(Seen.OFF);
    assertThat(CoverageJudgement.judge(mx, new PolicySight.NotPublished(Seen.OFF)))
        .isEqualTo(Seen.absent("no MTA-STS policy"));
    assertThat(CoverageJudgement.judge(mx, new PolicySight.NoPolicy(Seen.OFF, Optional.empty())))
        .isEqualTo(Seen.unknown("no policy to compare with"));
    assertThat(CoverageJudgement.judge(new MailHosts.Unavailable("REFUSED"), usable))
        .isEqualTo(Seen.unknown("no answer: REFUSED"));
    assertThat(CoverageJudgement.judge(new MailHosts.NoMail(false), usable))
        .isEqualTo(Seen.absent("the domain takes no mail"));
    assertThat(CoverageJudgement.judge(new MailHosts.Bogus("signature expired"), usable).status())
        .isEqualTo(CheckStatus.FAILING);
  }

  static PolicySight.Usable policy(String mode, String line) {
    String text = "version: STSv1\nmode: " + mode + "\nmx: " + line + "\nmax_age: 604800\n";
    return new PolicySight.Usable(
        "1",
        (MtaStsPolicy.Valid) MtaStsPolicy.parse(text.getBytes(UTF_8)),
        Digests.sha256(text.getBytes(UTF_8)),
        Optional.empty(),
        List.of());
  }
}
