// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.receiver.intake;

import io.tlsrpt.figures.receiver.RejectionReason;
import io.tlsrpt.figures.receiver.ReportOutcome.Rejected;
import io.tlsrpt.receiver.port.DomainsUnavailableException;
import io.tlsrpt.store.StoreUnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides what becomes of a mail if a step throws. An exception, and an Error too, becomes a
 * rejection with a stack in the log. Some failures pass, since the next try may succeed: while the
 * store or the domain list is down the mail waits, and while memory is short the server keeps it.
 */
final class Guard {
  private static final Logger LOGGER = LoggerFactory.getLogger(Guard.class);

  private Guard() {}

  /**
   * The rejection for what a step threw.
   *
   * @throws StoreUnavailableException if that was thrown
   * @throws DomainsUnavailableException if that was thrown
   * @throws OutOfMemoryError if that was thrown
   */
  static Rejected rejection(Arrival mail, Throwable thrown) {
    return switch (thrown) {
      case StoreUnavailableException e -> throw e;
      case DomainsUnavailableException e -> throw e;
      case OutOfMemoryError e -> throw e;
      case StackOverflowError e -> {
        LOGGER.error("Report in mail {} nests too deep for this JVM's stack", mail.mailName(), e);
        yield new Rejected(RejectionReason.LIMIT, "nested too deep for this JVM's stack");
      }
      default -> {
        LOGGER.error("Report in mail {} could not be judged", mail.mailName(), thrown);
        yield new Rejected(RejectionReason.INTERNAL, thrown.getClass().getName());
      }
    };
  }
}
