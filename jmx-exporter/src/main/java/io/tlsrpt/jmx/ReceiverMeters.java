// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.jmx;

import com.codahale.metrics.MetricRegistry;
import com.codahale.metrics.jmx.JmxReporter;
import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Timer;
import io.micrometer.jmx.JmxConfig;
import io.micrometer.jmx.JmxMeterRegistry;
import io.tlsrpt.figures.ReportOutcome;
import java.time.Duration;
import javax.management.MBeanServer;

/**
 * Meters of the receiver's own workings, under {@code io.tlsrpt:type=Meter}: a small fixed set, all
 * present from the start, none with a tag that a sender can choose. They say how the receiver is,
 * never what reports said; domains' figures are in beans of their own.
 */
public final class ReceiverMeters implements AutoCloseable {
  private final JmxMeterRegistry registry;
  private final Timer intake;
  private final DistributionSummary messageSize;
  private final Counter accepted;
  private final Counter duplicate;
  private final Counter rejected;
  private final Counter deferred;

  public ReceiverMeters(MBeanServer server) {
    MeterNames names = new MeterNames();
    MetricRegistry dropwizard = new MetricRegistry();
    JmxReporter reporter =
        JmxReporter.forRegistry(dropwizard)
            .registerWith(server)
            .inDomain(ObjectNames.JMX_DOMAIN)
            .createsObjectNamesWith(names)
            .build();
    registry = new JmxMeterRegistry(JmxConfig.DEFAULT, Clock.SYSTEM, names, dropwizard, reporter);
    intake =
        Timer.builder("intake")
            .description("Time from the mail to the end of its last report.")
            .register(registry);
    messageSize =
        DistributionSummary.builder("messageSize")
            .description("Size of mails that were taken up.")
            .baseUnit("bytes")
            .register(registry);
    accepted = outcomeCounter("accepted");
    duplicate = outcomeCounter("duplicate");
    rejected = outcomeCounter("rejected");
    deferred = outcomeCounter("deferred");
  }

  private Counter outcomeCounter(String outcome) {
    return Counter.builder("reports")
        .description("Reports by outcome.")
        .tag("outcome", outcome)
        .register(registry);
  }

  /** A mail has been worked through. */
  public void recordMail(long bytes, Duration took) {
    messageSize.record((double) bytes);
    intake.record(took);
  }

  /** A report has been judged. */
  public void recordOutcome(ReportOutcome outcome) {
    switch (outcome) {
      case ReportOutcome.Accepted a -> accepted.increment();
      case ReportOutcome.Duplicate d -> duplicate.increment();
      case ReportOutcome.Rejected r -> rejected.increment();
      case ReportOutcome.Deferred d -> deferred.increment();
    }
  }

  /** Unregisters the meters. */
  @Override
  public void close() {
    registry.close();
  }
}
