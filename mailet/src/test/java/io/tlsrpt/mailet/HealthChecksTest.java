// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.mailet;

import static org.assertj.core.api.Assertions.assertThat;

import io.tlsrpt.testing.ReportMails;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.james.core.healthcheck.HealthCheck;
import org.apache.james.core.healthcheck.Result;
import org.apache.mailet.base.test.FakeMail;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** Our entries on James' health page. */
class HealthChecksTest {
  private final ReceiverFixture receiver = new ReceiverFixture();

  @AfterEach
  void stop() {
    receiver.stop();
  }

  @Test
  void beforeTheFirstMailetAndAfterTheLastItShouldBeSaidThatNobodyTakesReports() throws Exception {
    assertThat(store().isDegraded()).isTrue();
    assertThat(store().getCause())
        .hasValueSatisfying(cause -> assertThat(cause).contains("No TlsReportMailet"));
    assertThat(domains().isHealthy()).isTrue();

    receiver.mailet();
    assertThat(store().isHealthy()).isTrue();
    receiver.stop();
    assertThat(store().isDegraded()).isTrue();
  }

  @Test
  void storeThatCannotBeUsedShouldBeUnhealthyWithItsReason() throws Exception {
    TlsReportMailet mailet = receiver.mailet();
    Path database = receiver.directory().resolve("reports.db");
    Files.move(database, receiver.directory().resolve("elsewhere"));
    FakeMail mail = mail("1", "example.com", 1, 0);
    mailet.service(mail);
    assertThat(ReceiverFixture.outcome(mail)).isEqualTo("deferred store");

    assertThat(store().isUnHealthy()).isTrue();
    assertThat(store().getCause())
        .hasValueSatisfying(cause -> assertThat(cause).contains("cannot be stored", "is gone"));
    assertThat(domains().isHealthy()).isTrue();
  }

  @Test
  void enforcedDomainThatFailsShouldDegradeUntilItNoLongerDoes() throws Exception {
    TlsReportMailet mailet = receiver.mailet();
    for (int day = 1; day <= 3; day++) {
      receiver.pass(Duration.ofDays(1));
      mailet.service(mail("1." + day, "example.com", 5, 2));
      mailet.service(mail("2." + day, "example.org", 5, 0));
    }

    assertThat(domains().isDegraded()).isTrue();
    assertThat(domains().getCause())
        .contains("Senders keep back mail to 1 domain: example.com (unspecified)");
    assertThat(store().isHealthy()).isTrue();
    receiver.pass(Duration.ofDays(9));
    assertThat(domains().isHealthy()).isTrue();
  }

  @Test
  void domainInModeTestingShouldNotDegrade() throws Exception {
    receiver
        .mailet()
        .service(
            JamesMails.fakeMail(
                ReportMails.mail(
                    ReportMails.report("1", "example.com", 5, 2)
                        .replace("mode: enforce", "mode: testing"))));

    assertThat(receiver.value("io.tlsrpt:type=Domain,domain=example.com", "Failing"))
        .isEqualTo(true);
    assertThat(domains().isHealthy()).isTrue();
  }

  private static FakeMail mail(String id, String domain, long successful, long failed)
      throws Exception {
    return JamesMails.fakeMail(
        ReportMails.mail(ReportMails.report(id, domain, successful, failed)));
  }

  private Result store() {
    return result(new TlsReportStoreHealthCheck(receiver.receiver()));
  }

  private Result domains() {
    return result(new TlsReportDomainsHealthCheck(receiver.receiver()));
  }

  private static Result result(HealthCheck check) {
    Result result = Mono.from(check.check()).block();
    assertThat(result).isNotNull();
    assertThat(result.getComponentName()).isEqualTo(check.componentName());
    return result;
  }
}
