// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.receiver.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.tlsrpt.figures.receiver.RejectionReason;
import io.tlsrpt.figures.receiver.ReportOutcome.Accepted;
import io.tlsrpt.figures.receiver.ReportOutcome.Rejected;
import io.tlsrpt.receiver.domains.ForeignDomains;
import io.tlsrpt.report.Deviation;
import io.tlsrpt.report.Deviations;
import io.tlsrpt.report.DomainName;
import io.tlsrpt.report.PolicyType;
import io.tlsrpt.testing.ReportMails;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Reports that count although some of their entries are about domains that are not ours. */
class ForeignDomainsTest {
  private IntakeFixture intake;

  @BeforeEach
  void open() {
    intake = new IntakeFixture();
  }

  @AfterEach
  void close() {
    intake.close();
  }

  /** Postfix under DANE: failures under the name of the MX host, successes under the domain's. */
  @Test
  void foreignEntryShouldBeToldAndNamed() {
    assertThat(accepted("example.com", "mx1.alpha.example"))
        .isEqualTo(
            new Accepted(
                Deviations.NONE.plus(Deviation.FOREIGN_DOMAIN),
                "not ours and left out: mx1.alpha.example"));
  }

  /** What a policy of type tlsa is about is the MX host (RFC 8460 §4.4). */
  @Test
  void tlsaEntryOfAnMxHostOfOursShouldCount() {
    assertThat(intake.judged(mail(PolicyType.TLSA, "Mx1.Provider.Example.")))
        .containsExactly(new Accepted(Deviations.NONE.plus(Deviation.POLICY_DOMAIN_FORM)));
    assertThat(intake.counts("mx1.provider.example")).isTrue();
  }

  @Test
  void otherEntryOfAnMxHostOfOursShouldBeForeign() {
    assertThat(intake.judged(mail("mx1.provider.example")))
        .singleElement()
        .isInstanceOfSatisfying(
            Rejected.class,
            why -> assertThat(why.reason()).isEqualTo(RejectionReason.UNKNOWN_DOMAIN));
    assertThat(intake.counts("mx1.provider.example")).isFalse();
  }

  @Test
  void tlsaEntryOfAnotherHostShouldBeForeign() {
    assertThat(intake.judged(mail(PolicyType.TLSA, "mx2.provider.example", "example.com")))
        .containsExactly(
            new Accepted(
                Deviations.NONE.plus(Deviation.FOREIGN_DOMAIN),
                "not ours and left out: mx2.provider.example"));
  }

  @Test
  void reportOfOurDomainsOnlyShouldNotDeviate() {
    assertThat(accepted("example.com", "Example.org."))
        .isEqualTo(new Accepted(Deviations.NONE.plus(Deviation.POLICY_DOMAIN_FORM)));
  }

  @Test
  void domainOfSeveralEntriesShouldCountOnce() {
    assertThat(accepted("b.example", "a.example", "example.com", "b.example", "B.example"))
        .isEqualTo(
            new Accepted(
                Deviations.NONE
                    .plus(Deviation.POLICY_DOMAIN_FORM)
                    .plus(Deviation.FOREIGN_DOMAIN, 2),
                "not ours and left out: b.example, a.example"));
  }

  @Test
  void fewOfManyShouldBeNamed() {
    String[] domains =
        IntStream.rangeClosed(0, 300)
            .mapToObj(i -> i == 150 ? "example.com" : "d" + i + ".example")
            .toArray(String[]::new);

    assertThat(accepted(domains))
        .isEqualTo(
            new Accepted(
                Deviations.NONE.plus(Deviation.FOREIGN_DOMAIN, 300),
                "not ours and left out: d0.example, d1.example, d2.example, d3.example, d4.example"
                    + " and 295 more"));
  }

  /** A log line names five domains, so they should be the most helpful ones. */
  @Test
  void namesThatLookLikeOursShouldComeFirst() {
    assertThat(accepted("a.example", "b.example", "example.com", "mx.example.org", "c.example"))
        .isEqualTo(
            new Accepted(
                Deviations.NONE.plus(Deviation.FOREIGN_DOMAIN, 4),
                "not ours and left out: mx.example.org, a.example, b.example, c.example"));
  }

  @Test
  void asManyAsAreNamedShouldHaveNoRest() {
    assertThat(names("a.example", "b.example", "c.example", "d.example", "e.example"))
        .hasToString("a.example, b.example, c.example, d.example, e.example");
    assertThat(names("a.example", "b.example", "c.example", "d.example", "e.example", "f.example"))
        .hasToString("a.example, b.example, c.example, d.example, e.example and 1 more");
  }

  /** A duplicate changes nothing, so its foreign domains are not told again. */
  @Test
  void duplicateShouldNotDeviateAgain() {
    accepted("example.com", "foreign.example");

    assertThat(intake.judged(mail("example.com", "foreign.example")))
        .singleElement()
        .hasToString("Duplicate[deviations=]");
  }

  private static ForeignDomains names(String... names) {
    return ForeignDomains.of(Arrays.stream(names).map(DomainName::new).toList(), name -> false);
  }

  private Accepted accepted(String... domains) {
    return (Accepted) intake.judged(mail(domains)).getFirst();
  }

  private static String mail(String... domains) {
    return mail(PolicyType.STS, domains);
  }

  /** A mail with a report that has an entry for each domain. */
  private static String mail(PolicyType type, String... domains) {
    String one = ReportMails.report("1", "example.com", 1, 0).replace("\"sts\"", word(type));
    int start = one.indexOf("[{") + 1;
    int end = one.lastIndexOf(']');
    String entry = one.substring(start, end);
    List<String> entries =
        Arrays.stream(domains)
            .map(name -> entry.replace("\"policy-domain\": \"example.com\"", domain(name)))
            .toList();
    return ReportMails.mail(
        one.substring(0, start)
            + entries.stream().collect(Collectors.joining(","))
            + one.substring(end));
  }

  private static String word(PolicyType type) {
    return '"' + type.value() + '"';
  }

  private static String domain(String name) {
    return "\"policy-domain\": \"" + name + "\"";
  }
}
