// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.jmx;

import static java.util.Objects.requireNonNull;

import com.codahale.metrics.MetricRegistry;
import com.codahale.metrics.Snapshot;
import com.codahale.metrics.jmx.JmxReporter;
import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Timer;
import io.micrometer.jmx.JmxConfig;
import io.micrometer.jmx.JmxMeterRegistry;
import io.tlsrpt.figures.receiver.ReportOutcome;
import io.tlsrpt.figures.receiver.StepDuration;
import io.tlsrpt.receiver.port.IntakeStep;
import io.tlsrpt.receiver.port.ReceiverMeters;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import javax.management.MBeanServer;

/**
 * Meters of the receiver's own workings, under {@code io.tlsrpt:type=Meter}: a small fixed set, all
 * present from the start, none with a tag that a sender can choose. They say how the receiver is,
 * never what reports said; domains' figures are in beans of their own.
 */
public final class JmxMeters implements ReceiverMeters {
  private final MeterNames names;
  private final JmxMeterRegistry registry;
  private final Timer intake;
  private final Map<IntakeStep, Timer> steps = new EnumMap<>(IntakeStep.class);
  private final DistributionSummary messageSize;
  private final DistributionSummary reportSize;
  private final Counter accepted;
  private final Counter duplicate;
  private final Counter rejected;
  private final Counter deferred;

  /**
   * Registers the meters.
   *
   * @throws IllegalStateException if a name is taken
   */
  public JmxMeters(MBeanServer server) {
    names = new MeterNames(server);
    MetricRegistry dropwizard = new MetricRegistry();
    JmxReporter reporter =
        JmxReporter.forRegistry(dropwizard)
            .registerWith(server)
            .inDomain(ObjectNames.JMX_DOMAIN)
            .createsObjectNamesWith(names)
            .build();
    registry = new JmxMeterRegistry(JmxConfig.DEFAULT, Clock.SYSTEM, names, dropwizard, reporter);
    try {
      intake =
          Timer.builder("intake")
              .description("Time from the mail to the end of its last report.")
              .register(registry);
      for (IntakeStep step : IntakeStep.values()) {
        steps.put(
            step,
            Timer.builder("step")
                .description("Time that a step of the intake takes for a mail.")
                .tag("step", step.key())
                .register(registry));
      }
      messageSize = sizes("messageSize", "Size of mails that were taken up.");
      reportSize = sizes("reportSize", "Size of reports that were read, as JSON.");
      accepted = outcomeCounter("accepted");
      duplicate = outcomeCounter("duplicate");
      rejected = outcomeCounter("rejected");
      deferred = outcomeCounter("deferred");
    } catch (RuntimeException | Error e) {
      registry.close();
      throw e;
    }
  }

  private DistributionSummary sizes(String name, String description) {
    return DistributionSummary.builder(name)
        .description(description)
        .baseUnit("bytes")
        .register(registry);
  }

  private Counter outcomeCounter(String outcome) {
    return Counter.builder("reports")
        .description("Reports by outcome.")
        .tag("outcome", outcome)
        .register(registry);
  }

  @Override
  public void recordMail(long bytes, Duration took) {
    messageSize.record((double) bytes);
    intake.record(took);
  }

  @Override
  public void recordReport(long bytes) {
    reportSize.record((double) bytes);
  }

  @Override
  public Timing time(IntakeStep step) {
    Timer.Sample sample = Timer.start(registry);
    return () -> sample.stop(requireNonNull(steps.get(step)));
  }

  @Override
  public void recordOutcome(ReportOutcome outcome) {
    switch (outcome) {
      case ReportOutcome.Accepted a -> accepted.increment();
      case ReportOutcome.Duplicate d -> duplicate.increment();
      case ReportOutcome.Rejected r -> rejected.increment();
      case ReportOutcome.Deferred d -> deferred.increment();
    }
  }

  @Override
  public List<StepDuration> stepDurations() {
    return steps.entrySet().stream().map(step -> duration(step.getKey(), step.getValue())).toList();
  }

  /**
   * Micrometer's timer does not tell percentiles; the one behind it, which the bean shows, does.
   */
  private StepDuration duration(IntakeStep step, Timer timer) {
    String name = names.toHierarchicalName(timer.getId(), registry.config().namingConvention());
    Snapshot durations = registry.getDropwizardRegistry().timer(name).getSnapshot();
    return new StepDuration(
        step.key(), nanos(durations.getMedian()), nanos(durations.get99thPercentile()));
  }

  private static Duration nanos(double nanos) {
    return Duration.ofNanos(Math.round(nanos));
  }

  /** Unregisters the meters. */
  @Override
  public void close() {
    registry.close();
  }
}
