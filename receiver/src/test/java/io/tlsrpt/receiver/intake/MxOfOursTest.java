// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.receiver.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.tlsrpt.figures.receiver.ReportOutcome.Accepted;
import io.tlsrpt.receiver.domains.MxOfOurs;
import io.tlsrpt.report.DomainName;
import io.tlsrpt.report.Policy;
import io.tlsrpt.report.PolicyResult;
import io.tlsrpt.report.PolicyType;
import io.tlsrpt.report.ReportedFailures;
import io.tlsrpt.report.Summary;
import io.tlsrpt.testing.ReportMails;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** MX hosts of ours, as the report itself names them. */
class MxOfOursTest {
  @Test
  void namesInTheDomainOfAnMxShouldLookLikeOurs() {
    MxOfOurs mx = mx("MX1.Provider.example.", "*.other.example", "no host name!", "");

    assertThat(Stream.of("mx7.provider.example", "provider.example", "other.example"))
        .allMatch(name -> mx.test(new DomainName(name)));
    assertThat(mx.test(new DomainName("stranger.example"))).isFalse();
    assertThat(mx().test(new DomainName("provider.example"))).isFalse();
  }

  @Test
  void suchANameShouldBeNamedFirst() {
    String report = ReportMails.report("1", "example.com", 1, 0);
    String entry = report.substring(report.indexOf("[{") + 1, report.lastIndexOf(']'));
    String entries =
        Stream.of(
                "example.com\", \"mx-host\": [\"*.provider.example\"], \"x\": \"",
                "a.example",
                "mx7.provider.example")
            .map(name -> entry.replace("\"example.com\"", "\"" + name + "\""))
            .collect(Collectors.joining(","));
    try (IntakeFixture intake = new IntakeFixture()) {
      String mail =
          ReportMails.header()
              + ReportMails.multipart(
                  "report", ReportMails.gzipPart(report.replace(entry, entries)));

      assertThat(intake.judged(mail))
          .singleElement()
          .isInstanceOfSatisfying(
              Accepted.class,
              accepted ->
                  assertThat(accepted.detail())
                      .isEqualTo("not ours and left out: mx7.provider.example, a.example"));
    }
  }

  private static MxOfOurs mx(String... hosts) {
    return MxOfOurs.in(
        List.of(
            Arrays.stream(hosts)
                .map(
                    host ->
                        new PolicyResult(
                            new Policy(PolicyType.STS, List.of(), Optional.empty(), List.of(host)),
                            new Summary(1, 0),
                            ReportedFailures.NONE))
                .toList()));
  }
}
