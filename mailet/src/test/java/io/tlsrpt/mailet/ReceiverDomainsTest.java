// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.mailet;

import static org.assertj.core.api.Assertions.assertThat;

import io.tlsrpt.checks.judgement.ReportedFacts;
import io.tlsrpt.mailet.james.ReceiverDomains;
import io.tlsrpt.report.DomainName;
import io.tlsrpt.report.MtaStsMode;
import io.tlsrpt.testing.ReportMails;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the receiver's own looks are told of its domains and of what was reported. */
class ReceiverDomainsTest {
  private static final DomainName DOMAIN = new DomainName("example.com");
  private static final DomainName REPORTER = new DomainName("reporter.example");

  private final ReceiverFixture receiver = new ReceiverFixture();

  @AfterEach
  void stop() {
    receiver.stop();
  }

  @Test
  void domainsShouldBeThoseServedAndThoseListedByTheirExactNames() throws Exception {
    receiver.mailet("domains", "mx.example.net, *.customer.example");

    assertThat(domains().all())
        .containsExactlyInAnyOrder(
            DOMAIN, new DomainName("example.org"), new DomainName("mx.example.net"));
  }

  @Test
  void addressShouldBeOursInADomainThatIsServedOrListedByAPattern() throws Exception {
    receiver.mailet("domains", "*.customer.example");

    assertThat(domains().isOurs(DOMAIN)).isTrue();
    assertThat(domains().isOurs(new DomainName("one.customer.example"))).isTrue();
    assertThat(domains().isOurs(new DomainName("collector.example"))).isFalse();
  }

  @Test
  void nothingShouldBeReportedOfADomainWithoutReports() throws Exception {
    receiver.mailet();

    assertThat(domains().reported(DOMAIN)).isEqualTo(ReportedFacts.NONE);
  }

  @Test
  void reportedShouldBeTheModesThatReportersSawOfLate() throws Exception {
    receiver
        .mailet()
        .service(
            JamesMails.fakeMail(ReportMails.mail(ReportMails.report("1", "example.com", 5, 0))));

    assertThat(domains().reported(DOMAIN))
        .isEqualTo(
            new ReportedFacts(
                Optional.of(ReceiverFixture.NOW),
                MtaStsMode.ENFORCE,
                Map.of(REPORTER, MtaStsMode.ENFORCE)));
  }

  /** The report is about the first of June. */
  @Test
  void whatAReporterSawTwoWeeksAgoShouldCountNoLonger() throws Exception {
    receiver
        .mailet()
        .service(
            JamesMails.fakeMail(ReportMails.mail(ReportMails.report("1", "example.com", 5, 0))));

    receiver.pass(Duration.ofDays(12));
    assertThat(domains().reported(DOMAIN).seenModes()).containsOnlyKeys(REPORTER);
    receiver.pass(Duration.ofDays(1));
    assertThat(domains().reported(DOMAIN).seenModes()).isEmpty();
    assertThat(domains().reported(DOMAIN).lastReport()).contains(ReceiverFixture.NOW);
  }

  private ReceiverDomains domains() {
    return new ReceiverDomains(receiver.receiver().running().orElseThrow().figures());
  }
}
