// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.mailet;

import static org.assertj.core.api.Assertions.assertThat;

import io.tlsrpt.testing.ReportMails;
import java.util.Arrays;
import java.util.Date;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import javax.management.Notification;
import javax.management.openmbean.CompositeData;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The operations of the receiver's bean, from the mails that come to the answer. */
class AskedReceiverTest {
  private static final String RECEIVER = "io.tlsrpt:type=Receiver";
  private static final String FAILURE =
      "io.tlsrpt:type=Failure,domain=example.com,resultType=unspecified";

  private ReceiverFixture receiver = new ReceiverFixture();

  @AfterEach
  void stop() {
    receiver.stop();
  }

  @Test
  void reportsShouldBeAnsweredFromWhatIsStoredAlsoAfterARestart() throws Exception {
    judge(receiver.mailet(), "1", "example.com", 5, 2);
    String[] before = lines("RecentReports");
    receiver.stop();
    receiver = new ReceiverFixture(receiver.directory());
    receiver.mailet();

    CompositeData[] rows = (CompositeData[]) receiver.ask("reports", "example.com", 1);
    assertThat(Arrays.stream(rows).map(row -> row.get("resultType") + " " + row.get("sessions")))
        .containsExactly("unspecified 2", "success 5");
    assertThat((CompositeData[]) receiver.ask("failures", "*", 1)).hasSize(1);
    assertThat((String) receiver.ask("exportJson", "*", 1)).contains("\"report-id\":\"1\"");
    assertThat(lines("RecentReports")).isEqualTo(before).hasSize(2);
  }

  @Test
  void refusedDomainsShouldBeNamedTheLastFirst() throws Exception {
    TlsReportMailet mailet = receiver.mailet();
    for (int i = 0; i < 25; i++) {
      judge(mailet, "a" + i, "d" + i + ".example.net", 1, 0);
    }
    judge(mailet, "again", "d24.example.net", 1, 0);
    judge(mailet, "ours", "example.com", 1, 0);

    assertThat(lines("UnknownDomains"))
        .hasSize(20)
        .startsWith(
            "d24.example.net: 2, last from reporter.example",
            "d23.example.net: 1, last from reporter.example")
        .endsWith("d5.example.net: 1, last from reporter.example");
  }

  @Test
  void servedDomainsWithoutAReportShouldBeNamed() throws Exception {
    TlsReportMailet mailet = receiver.mailet();
    assertThat(receiver.receiver("NeverReported")).isEqualTo(2);
    judge(mailet, "1", "example.com", 1, 0);

    assertThat(receiver.receiver("NeverReported")).isEqualTo(1);
    assertThat((String[]) receiver.ask("neverReported")).containsExactly("example.org");
  }

  @Test
  void listenerShouldBeToldOnceAndNotAgainAfterARestart() throws Exception {
    TlsReportMailet mailet = receiver.mailet();
    BlockingQueue<Notification> told = new LinkedBlockingQueue<>();
    AtomicReference<Object> since = new AtomicReference<>();
    receiver.listen(
        RECEIVER,
        notification -> {
          since.set(receiver.value(FAILURE, "ActiveSince"));
          told.add(notification);
        });
    judge(mailet, "1", "example.com", 5, 2);
    judge(mailet, "1", "example.com", 5, 2);
    judge(mailet, "2", "example.com", 5, 2);
    Notification started = told.poll(30, TimeUnit.SECONDS);
    assertThat(started).isNotNull();
    assertThat(started.getType()).isEqualTo("io.tlsrpt.failure.started");
    assertThat(since.get()).isInstanceOf(Date.class);

    receiver.stop();
    receiver = new ReceiverFixture(receiver.directory());
    TlsReportMailet again = receiver.mailet();
    receiver.listen(RECEIVER, told::add);
    judge(again, "3", "example.com", 5, 2);
    judge(again, "4", "example.org", 5, 1);
    Notification other = told.poll(30, TimeUnit.SECONDS);
    assertThat(other).isNotNull();
    assertThat(other.getMessage()).startsWith("example.org: unspecified has started: 1 sessions");
    assertThat(told).isEmpty();
  }

  @Test
  void stepsShouldBeTimedAndReportsMeasured() throws Exception {
    judge(receiver.mailet(), "1", "example.com", 5, 2);

    assertThat(receiver.value("io.tlsrpt:type=Meter,name=reportSize", "Max"))
        .isEqualTo((long) ReportMails.report("1", "example.com", 5, 2).length());

    for (String step : new String[] {"read", "store", "apply"}) {
      assertThat(receiver.value("io.tlsrpt:type=Meter,name=step,step=" + step, "Count"))
          .as(step)
          .isEqualTo(1L);
    }
    assertThat(receiver.value("io.tlsrpt:type=Meter,name=step,step=authenticate", "Count"))
        .isEqualTo(0L);
  }

  private String[] lines(String attribute) {
    return (String[]) receiver.value(RECEIVER, attribute);
  }

  private static void judge(
      TlsReportMailet mailet, String id, String domain, long successful, long failed)
      throws Exception {
    mailet.service(
        JamesMails.fakeMail(ReportMails.mail(ReportMails.report(id, domain, successful, failed))));
  }
}
