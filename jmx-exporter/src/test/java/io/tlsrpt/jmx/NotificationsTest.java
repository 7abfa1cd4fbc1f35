// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.jmx;

import static io.tlsrpt.jmx.ShownFigures.DOMAIN;
import static io.tlsrpt.jmx.ShownFigures.RECEIVED;
import static io.tlsrpt.jmx.ShownFigures.expired;
import static org.assertj.core.api.Assertions.assertThat;

import io.tlsrpt.figures.FailureKind;
import io.tlsrpt.figures.event.ModeChange;
import io.tlsrpt.figures.event.Transition;
import io.tlsrpt.report.FailureDetails;
import io.tlsrpt.report.MtaStsMode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.management.JMException;
import javax.management.Notification;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a remote listener is told. */
class NotificationsTest {
  private final ShownFigures figures = new ShownFigures();
  private final RemoteServer remote;
  private final BlockingQueue<Notification> told = new LinkedBlockingQueue<>();

  NotificationsTest() throws IOException {
    remote = new RemoteServer(figures.server);
  }

  @BeforeEach
  void listen() throws JMException, IOException {
    remote
        .connection()
        .addNotificationListener(
            new ObjectName("io.tlsrpt:type=Receiver"),
            (notification, handback) -> told.add(notification),
            null,
            null);
  }

  @AfterEach
  void close() throws IOException {
    remote.close();
    figures.close();
  }

  @Test
  void startShouldComeWithDomainAndFigures() throws InterruptedException, JMException {
    figures.receive(figures.report(DOMAIN, 90, 10, List.of(expired(7))));
    tell(Transition.Change.STARTED);

    Notification started = next();
    assertThat(started.getType()).isEqualTo("io.tlsrpt.failure.started");
    assertThat(started.getSource()).isEqualTo(new ObjectName("io.tlsrpt:type=Receiver"));
    assertThat(started.getTimeStamp()).isEqualTo(RECEIVED.toEpochMilli());
    assertThat(started.getMessage())
        .isEqualTo(
            "example.com: certificate-expired has started: 7 sessions at mx.example.com,"
                + " reported by reporter.example");
    CompositeData data = (CompositeData) started.getUserData();
    assertThat(data.getAll(new String[] {"domain", "resultType", "activeSessions", "policyMode"}))
        .containsExactly("example.com", "certificate-expired", 7L, "enforce");
    assertThat(data.getAll(new String[] {"activeFailures", "failureRatio"}))
        .containsExactly(10L, 0.1);
    assertThat((String[]) data.get("receivingMx")).containsExactly("mx.example.com");
  }

  @Test
  void messageShouldNameAFewOfManyHosts() throws InterruptedException {
    List<FailureDetails> many = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      many.add(ShownFigures.details("certificate-expired", 1, "mx" + i + ".example.com", ""));
    }
    figures.receive(figures.report(DOMAIN, 0, 9, many));
    tell(Transition.Change.STARTED);

    Notification started = next();
    assertThat(started.getMessage()).contains(" and 4 more, reported by reporter.example");
    assertThat((String[]) ((CompositeData) started.getUserData()).get("receivingMx")).hasSize(9);
  }

  @Test
  void theyShouldComeInOrderAndNumbered() throws InterruptedException {
    figures.receive(figures.report(DOMAIN, 90, 10, List.of(expired(7))));
    tell(Transition.Change.STARTED);
    tell(Transition.Change.RECOVERED);
    tell(Transition.Change.STARTED);
    tell(Transition.Change.EXPIRED);
    figures.exporter.tell(
        new ModeChange(DOMAIN, MtaStsMode.TESTING, MtaStsMode.ENFORCE, RECEIVED),
        figures.domain(DOMAIN));

    assertThat(List.of(next(), next(), next(), next(), next()))
        .extracting(n -> n.getSequenceNumber() + " " + n.getType())
        .containsExactly(
            "1 io.tlsrpt.failure.started",
            "2 io.tlsrpt.failure.recovered",
            "3 io.tlsrpt.failure.started",
            "4 io.tlsrpt.failure.expired",
            "5 io.tlsrpt.policy.mode.changed");
  }

  @Test
  void changeOfTheModeShouldTellBoth() throws InterruptedException {
    figures.receive(figures.report(DOMAIN, 90, 0, List.of()));
    figures.exporter.tell(
        new ModeChange(DOMAIN, MtaStsMode.TESTING, MtaStsMode.ENFORCE, RECEIVED),
        figures.domain(DOMAIN));

    Notification changed = next();
    assertThat(changed.getMessage())
        .isEqualTo("example.com: MTA-STS mode changed from testing to enforce");
    CompositeData data = (CompositeData) changed.getUserData();
    assertThat(data.getAll(new String[] {"domain", "previousPolicyMode", "policyMode"}))
        .containsExactly("example.com", "testing", "enforce");
  }

  private void tell(Transition.Change change) {
    figures.exporter.tell(
        new Transition(DOMAIN, FailureKind.CERTIFICATE_EXPIRED, change, RECEIVED),
        figures.domain(DOMAIN));
  }

  private Notification next() throws InterruptedException {
    Notification next = told.poll(30, TimeUnit.SECONDS);
    assertThat(next).isNotNull();
    return next;
  }
}
