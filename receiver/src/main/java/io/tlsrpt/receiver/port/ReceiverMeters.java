// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.receiver.port;

import io.tlsrpt.figures.receiver.ReportOutcome;
import io.tlsrpt.figures.receiver.StepDuration;
import java.time.Duration;
import java.util.List;

/**
 * Measures the receiver's own workings: how long steps take, how large mails and reports are, what
 * becomes of reports. It says nothing of what reports say. Called by many threads at once, and must
 * return at once.
 */
public interface ReceiverMeters extends AutoCloseable {
  /** Measures nothing. */
  ReceiverMeters NONE =
      new ReceiverMeters() {
        @Override
        public Timing time(IntakeStep step) {
          return () -> {};
        }

        @Override
        public void recordMail(long bytes, Duration took) {}

        @Override
        public void recordReport(long bytes) {}

        @Override
        public void recordOutcome(ReportOutcome outcome) {}

        @Override
        public List<StepDuration> stepDurations() {
          return List.of();
        }

        @Override
        public void close() {}
      };

  /** Measures one step, from {@link #time} to {@link #close}. */
  interface Timing extends AutoCloseable {
    /** Ends the step, also one that has thrown. */
    @Override
    void close();
  }

  /** Begins to measure a step. */
  Timing time(IntakeStep step);

  /** A mail has been worked through. */
  void recordMail(long bytes, Duration took);

  /** A report has been read; its size as JSON. */
  void recordReport(long bytes);

  /** A report has been judged, or has to wait. */
  void recordOutcome(ReportOutcome outcome);

  /** How long the steps take; steps that are not measured are left out. */
  List<StepDuration> stepDurations();

  @Override
  void close();
}
