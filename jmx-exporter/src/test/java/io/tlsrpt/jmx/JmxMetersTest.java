// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.jmx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.tlsrpt.figures.receiver.RejectionReason;
import io.tlsrpt.figures.receiver.ReportOutcome;
import io.tlsrpt.receiver.port.IntakeStep;
import io.tlsrpt.receiver.port.ReceiverMeters;
import io.tlsrpt.report.Deviations;
import java.time.Duration;
import java.util.List;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JmxMetersTest {
  private final MBeanServer server = MBeanServerFactory.newMBeanServer();
  private final JmxMeters meters = new JmxMeters(server);

  @AfterEach
  void close() {
    meters.close();
  }

  @Test
  void allMetersShouldBeThereFromTheStart() throws JMException {
    assertThat(names())
        .containsExactly(
            "io.tlsrpt:name=intake,type=Meter",
            "io.tlsrpt:name=messageSize,type=Meter",
            "io.tlsrpt:name=reportSize,type=Meter",
            "io.tlsrpt:name=reports,outcome=accepted,type=Meter",
            "io.tlsrpt:name=reports,outcome=deferred,type=Meter",
            "io.tlsrpt:name=reports,outcome=duplicate,type=Meter",
            "io.tlsrpt:name=reports,outcome=rejected,type=Meter",
            "io.tlsrpt:name=step,step=apply,type=Meter",
            "io.tlsrpt:name=step,step=authenticate,type=Meter",
            "io.tlsrpt:name=step,step=read,type=Meter",
            "io.tlsrpt:name=step,step=store,type=Meter");
    assertThat(count("type=Meter,name=reports,outcome=accepted")).isZero();
  }

  @Test
  void outcomesShouldBeCounted() throws JMException {
    meters.recordOutcome(new ReportOutcome.Accepted(Deviations.NONE));
    meters.recordOutcome(new ReportOutcome.Accepted(Deviations.NONE));
    meters.recordOutcome(new ReportOutcome.Duplicate(Deviations.NONE));
    meters.recordOutcome(new ReportOutcome.Rejected(RejectionReason.MALFORMED, ""));

    assertThat(count("type=Meter,name=reports,outcome=accepted")).isEqualTo(2);
    assertThat(count("type=Meter,name=reports,outcome=duplicate")).isEqualTo(1);
    assertThat(count("type=Meter,name=reports,outcome=rejected")).isEqualTo(1);
  }

  @Test
  void mailsShouldBeMeasured() throws JMException {
    meters.recordMail(2_000, Duration.ofMillis(3));

    meters.recordReport(900);

    assertThat(count("type=Meter,name=reportSize")).isEqualTo(1);
    assertThat(count("type=Meter,name=intake")).isEqualTo(1);
    assertThat(count("type=Meter,name=messageSize")).isEqualTo(1);
    assertThat(server.getAttribute(new ObjectName("io.tlsrpt:type=Meter,name=messageSize"), "Max"))
        .isEqualTo(2_000L);
  }

  @Test
  void stepShouldBeTimedFromItsBeginToItsEnd() throws JMException {
    meters.time(IntakeStep.READ).close();
    ReceiverMeters.Timing unended = meters.time(IntakeStep.STORE);

    assertThat(count("type=Meter,name=step,step=store")).isZero();
    unended.close();
    assertThat(count("type=Meter,name=step,step=read")).isEqualTo(1);
    assertThat(count("type=Meter,name=step,step=store")).isEqualTo(1);
    assertThat(count("type=Meter,name=step,step=apply")).isZero();
  }

  @Test
  void nameThatIsTakenShouldBeSaidAndLeftAlone() throws JMException {
    assertThatIllegalStateException()
        .isThrownBy(() -> new JmxMeters(server))
        .withMessageContaining("type=Meter,name=intake is registered already");
    assertThat(names()).hasSize(11);
  }

  @Test
  void closeShouldUnregisterAllMeters() throws JMException {
    meters.close();

    assertThat(names()).isEmpty();
  }

  private List<String> names() throws JMException {
    return server.queryNames(new ObjectName("io.tlsrpt:*"), null).stream()
        .map(ObjectName::getCanonicalName)
        .sorted()
        .toList();
  }

  private long count(String keys) throws JMException {
    return (Long) server.getAttribute(new ObjectName("io.tlsrpt:" + keys), "Count");
  }
}
