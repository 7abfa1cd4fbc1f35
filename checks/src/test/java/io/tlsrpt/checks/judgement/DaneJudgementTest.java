// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.checks.judgement;

import static org.assertj.core.api.Assertions.assertThat;

import io.tlsrpt.checks.dns.MailHosts;
import io.tlsrpt.figures.FailureKind;
import io.tlsrpt.figures.posture.CheckStatus;
import io.tlsrpt.figures.posture.Seen;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DaneJudgementTest {
  private static final MailHosts SECURE = Dane.mx(true, "mx1.example.com", "mx2.example.com");
  private static final Optional<Boolean> VALIDATES = Optional.of(true);

  /** What the DNS says of two MX hosts, under an MX record that DNSSEC vouches for. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          without, without   | ABSENT dane-required  | no TLSA records
          insecure, without  | ABSENT dane-required  | TLSA records without DNSSEC: nobody uses them
          good, good         | OK                    |
          good, without      | OK                    | mx2.example.com has no TLSA records: senders reach it without DANE
          good, insecure     | OK                    | mx2.example.com has TLSA records without DNSSEC: nobody uses them
          good, silent       | UNKNOWN               | no answer about the TLSA records of mx2.example.com: REFUSED
          without, silent    | UNKNOWN               | no answer about the TLSA records of mx2.example.com: REFUSED
          unusable, good     | FAILING tlsa-invalid  | mx1.example.com has no usable TLSA record: usage 1 does not count on port 25 (RFC 7672 §3.1.3)
          unusable, silent   | FAILING tlsa-invalid  | mx1.example.com has no usable TLSA record: usage 1 does not count on port 25 (RFC 7672 §3.1.3); no answer about the TLSA records of mx2.example.com: REFUSED
          bogus, good        | FAILING dnssec-invalid | DNSSEC refuses the TLSA records of mx1.example.com: signature expired
          bogus, silent      | FAILING dnssec-invalid | DNSSEC refuses the TLSA records of mx1.example.com: signature expired; no answer about the TLSA records of mx2.example.com: REFUSED
          """)
  void hostsShouldBeJudgedTogether(String hosts, String status, String words) {
    Seen seen = DaneJudgement.judge(SECURE, answers(hosts), VALIDATES);

    assertThat(said(seen)).isEqualTo(status);
    assertThat(String.join("; ", seen.findings())).isEqualTo(words == null ? "" : words);
  }

  private static String said(Seen seen) {
    return (seen.status()
            + " "
            + seen.kinds().stream().map(FailureKind::key).collect(Collectors.joining(" ")))
        .strip();
  }

  private static List<HostAnswers> answers(String hosts) {
    List<String> kinds = Arrays.asList(hosts.split(", ", -1));
    return List.of(answer("mx1", kinds.getFirst()), answer("mx2", kinds.getLast()));
  }

  private static HostAnswers answer(String host, String kind) {
    return switch (kind) {
      case "without" -> Dane.without(host);
      case "insecure" -> Dane.insecure(host);
      case "good" -> Dane.secure(host, Dane.GOOD);
      case "unusable" -> Dane.secure(host, Dane.UNUSABLE);
      case "bogus" -> Dane.bogus(host);
      case "silent" -> Dane.silent(host);
      default -> throw new IllegalArgumentException(kind);
    };
  }

  @Test
  void recordsShouldNotCountUnderAnMxRecordWithoutDnssec() {
    Seen seen =
        DaneJudgement.judge(
            Dane.mx(false, "mx1.example.com"), List.of(Dane.secure("mx1", Dane.GOOD)), VALIDATES);

    assertThat(seen.status()).isEqualTo(CheckStatus.ABSENT);
    assertThat(seen.kinds()).isEqualTo(Set.of(FailureKind.DANE_REQUIRED));
  }

  @ParameterizedTest
  @CsvSource({"good", "insecure", "unusable", "bogus"})
  void resolverThatDoesNotValidateShouldSayNothing(String kind) {
    List<HostAnswers> answers = answers(kind + ", without");

    assertThat(DaneJudgement.judge(SECURE, answers, Optional.of(false)))
        .isEqualTo(Seen.unknown("the resolver of this server does not validate DNSSEC"));
    assertThat(DaneJudgement.judge(SECURE, answers, Optional.empty()))
        .isEqualTo(
            Seen.unknown("whether the resolver of this server validates DNSSEC is not known"));
  }

  @Test
  void lackOfRecordsShouldBeKnownWithoutValidation() {
    assertThat(
            DaneJudgement.judge(SECURE, answers("without, without"), Optional.of(false)).status())
        .isEqualTo(CheckStatus.ABSENT);
  }

  @Test
  void mxRecordItselfShouldBeJudgedFirst() {
    MailHosts bogus = new MailHosts.Bogus("signature expired");

    assertThat(DaneJudgement.judge(bogus, List.of(), VALIDATES))
        .isEqualTo(
            Seen.failing("DNSSEC refuses MX: signature expired", FailureKind.DNSSEC_INVALID));
    assertThat(DaneJudgement.judge(bogus, List.of(), Optional.empty()).status())
        .isEqualTo(CheckStatus.UNKNOWN);
    assertThat(DaneJudgement.judge(new MailHosts.Unavailable("REFUSED"), List.of(), VALIDATES))
        .isEqualTo(Seen.unknown("no answer: REFUSED"));
    assertThat(DaneJudgement.judge(new MailHosts.NoMail(true), List.of(), VALIDATES))
        .isEqualTo(Seen.absent("the domain takes no mail"));
  }
}
