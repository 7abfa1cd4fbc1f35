// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.mailet;

import io.tlsrpt.figures.DomainState;
import io.tlsrpt.figures.ReceiverState;
import io.tlsrpt.figures.RejectionReason;
import io.tlsrpt.figures.ReportOutcome;
import io.tlsrpt.figures.ReportOutcome.Accepted;
import io.tlsrpt.figures.ReportOutcome.Duplicate;
import io.tlsrpt.figures.ReportOutcome.Rejected;
import io.tlsrpt.jmx.JmxExporter;
import io.tlsrpt.jmx.ReceiverFigures;
import io.tlsrpt.jmx.ReceiverMeters;
import io.tlsrpt.report.Deviations;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import javax.management.MBeanServer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the receiver shows of itself and of its domains. Every report passes through {@link #judge},
 * so that what is received and what becomes of it are always counted alike, whatever breaks.
 */
final class ReceiverBoard implements AutoCloseable {
  private static final Logger LOGGER = LoggerFactory.getLogger(ReceiverBoard.class);

  private final AtomicReference<ReceiverState> state;
  private final ReceiverMeters meters;
  private final JmxExporter beans;

  ReceiverBoard(MBeanServer server, InstantSource clock, Settings settings) {
    state = new AtomicReference<>(ReceiverState.startedAt(clock.instant()));
    beans =
        JmxExporter.open(
            server,
            clock,
            settings.failureWindow(),
            () ->
                new ReceiverFigures(
                    state.get(), settings.maxDomains(), settings.dkim().key(), Version.CURRENT));
    meters = new ReceiverMeters(server);
  }

  /** Counts a report, has it judged, counts the outcome. */
  ReportOutcome judge(Arrival mail, Supplier<ReportOutcome> judgement) {
    state.updateAndGet(ReceiverState::taken);
    ReportOutcome outcome = Guard.guarded(mail, judgement, rejected -> rejected);
    state.updateAndGet(counts -> counts.judged(outcome, mail.receivedAt()));
    meters.recordOutcome(outcome);
    log(mail, outcome);
    return outcome;
  }

  private static void log(Arrival mail, ReportOutcome outcome) {
    switch (outcome) {
      case Rejected(RejectionReason reason, String detail) ->
          LOGGER.info(
              "TLS report in mail {} rejected ({}): {}", mail.mailName(), reason.key(), detail);
      case Accepted(Deviations deviations) when !deviations.isEmpty() ->
          LOGGER.info(
              "TLS report in mail {} accepted with deviations: {}", mail.mailName(), deviations);
      case Accepted accepted -> LOGGER.debug("TLS report in mail {} accepted", mail.mailName());
      case Duplicate(Deviations deviations) when !deviations.isEmpty() ->
          LOGGER.info("TLS report in mail {}: duplicate, {}", mail.mailName(), deviations);
      case Duplicate duplicate -> LOGGER.debug("TLS report in mail {}: duplicate", mail.mailName());
    }
  }

  /** Shows states that are committed; what goes wrong here no longer concerns the report. */
  void publish(List<DomainState> committed) {
    for (DomainState domain : committed) {
      try {
        beans.publish(domain);
      } catch (Throwable e) {
        LOGGER.error("The figures of {} are counted but cannot be shown", domain.domain(), e);
      }
    }
  }

  void recordMail(Envelope mail, Instant end) {
    meters.recordMail(mail.size(), Duration.between(mail.arrival().receivedAt(), end));
  }

  @Override
  public void close() {
    try (beans) {
      meters.close();
    }
  }
}
