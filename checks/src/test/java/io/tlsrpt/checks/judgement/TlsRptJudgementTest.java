// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.checks.judgement;

import static org.assertj.core.api.Assertions.assertThat;

import io.tlsrpt.checks.dns.Answer;
import io.tlsrpt.figures.posture.CheckStatus;
import io.tlsrpt.figures.posture.PublishedMode;
import io.tlsrpt.figures.posture.Seen;
import io.tlsrpt.report.DomainName;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TlsRptJudgementTest {
  private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
  private static final PublishedMode NONE = PublishedMode.NONE;
  private static final DomainName DOMAIN = new DomainName("example.com");

  private final TlsRptJudgement judgement =
      new TlsRptJudgement(
          rua -> rua.is("tls@example.net") || rua.is("tls@example.com"), "tls@example.net");

  /** Texts, separated by blanks and a bar; days since the last report; what is said. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '>',
      textBlock =
          """
          v=TLSRPTv1; rua=mailto:tls@example.net > - > OK      >
          v=TLSRPTv1; rua=mailto:tls@example.net > 1 > OK      >
          > - > ABSENT  | no TLS-RPT record: no reports will come. Publish: _smtp._tls.example.com. TXT "v=TLSRPTv1; rua=mailto:tls@example.net"
          > 34 > FAILING | the TLS-RPT record is gone; the last report came on 21 Oct 2026
          > 36 > ABSENT  | no TLS-RPT record: no reports will come. Publish: _smtp._tls.example.com. TXT "v=TLSRPTv1; rua=mailto:tls@example.net"
          v=spf1 -all > 1 > FAILING | the TLS-RPT record is gone; the last report came on 23 Nov 2026
          v=TLSRPTv1; rua=mailto:tls@example.net | v=TLSRPTv1; rua=mailto:a@example.org > - > FAILING | 2 TLS-RPT records: senders take none of them
          v=TLSRPTv1; rua=mailto:tls@collector.example > - > ABSENT | reports go to tls@collector.example, not here
          v=TLSRPTv1; rua=mailto:tls@collector.example > 1 > FAILING | reports now go to tls@collector.example
          v=TLSRPTv1; rua=https://a.example/,mailto:tls@example.net > - > OK | some senders use one of several addresses only
          v=TLSRPTv1; rua=mailto:tls@example.com > - > OK | reports are sent to the domain that they tell of: if its mail is refused, so are they; an address in another domain is better (docs/first-hour.md, 2)
          """)
  void recordShouldBeJudged(String texts, String daysAgo, String said) {
    Optional<Instant> last =
        daysAgo.equals("-")
            ? Optional.empty()
            : Optional.of(NOW.minus(Duration.ofDays(Long.parseLong(daysAgo))));

    Seen seen = judge(answer(texts), last, PublishedMode.ENFORCE);

    String words = String.join("; ", seen.findings());
    assertThat(seen.status() + (words.isEmpty() ? "" : " | " + words))
        .isEqualTo(said.replaceAll(" +\\|", " |"));
    assertThat(seen.kinds()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '>',
      textBlock =
          """
          v=TLSRPTv1; rua=
          v=TLSRPTv1;
          v=TLSRPTv1; rua=ftp://example.net/
          """)
  void recordWithoutUsableAddressShouldBeFailing(String text) {
    Seen seen = judge(answer(text), Optional.empty(), PublishedMode.NONE);

    assertThat(seen.status()).isEqualTo(CheckStatus.FAILING);
    assertThat(seen.faults()).hasSize(1);
  }

  @Test
  void recordThatIsNearlyOneShouldBeNamed() {
    Seen seen = judge(answer("V=tlsrptv1; rua=mailto:tls@example.net"), Optional.empty(), NONE);

    assertThat(seen.status()).isEqualTo(CheckStatus.ABSENT);
    assertThat(seen.faults().getFirst()).contains("there is only V=tlsrptv1");
  }

  @Test
  void domainThatOnlyTestsShouldNotBeSentElsewhere() {
    Answer<String> own = answer("v=TLSRPTv1; rua=mailto:tls@example.com");

    assertThat(judge(own, Optional.empty(), PublishedMode.TESTING)).isEqualTo(Seen.OK);
  }

  @Test
  void onlyAnAnswerShouldBeFailing() {
    Optional<Instant> yesterday = Optional.of(NOW.minus(Duration.ofDays(1)));

    assertThat(judge(new Answer.Unavailable<>("SERVFAIL"), yesterday, NONE))
        .isEqualTo(Seen.unknown("no answer: SERVFAIL"));
    assertThat(judge(new Answer.Bogus<>("signature expired"), yesterday, NONE))
        .isEqualTo(Seen.failing("DNSSEC refuses it: signature expired"));
  }

  private Seen judge(Answer<String> texts, Optional<Instant> last, PublishedMode mode) {
    return judgement.judge(DOMAIN, texts, last, mode, NOW);
  }

  private static Answer<String> answer(@Nullable String texts) {
    if (texts == null) {
      return new Answer.Absent<>(false, false);
    }
    List<String> all = Arrays.asList(texts.split(" \\| ", -1));
    return new Answer.Found<>(all, 0, false, "example.com", Duration.ofHours(1));
  }
}
