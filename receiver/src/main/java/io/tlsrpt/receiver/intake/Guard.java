// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.receiver.intake;

import io.tlsrpt.figures.receiver.RejectionReason;
import io.tlsrpt.figures.receiver.ReportOutcome.Rejected;
import io.tlsrpt.receiver.port.DomainsUnavailableException;
import io.tlsrpt.store.StoreUnavailableException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does steps whatever happens in them: an Error too becomes a rejection, with its stack in the log.
 * Failures of the world pass, since the next try may succeed: while the store or the domain list is
 * down the mail waits, and while memory is short the server keeps it.
 */
final class Guard {
  private static final Logger LOGGER = LoggerFactory.getLogger(Guard.class);

  private Guard() {}

  static <T> T guarded(Arrival mail, Supplier<T> step, Function<Rejected, T> otherwise) {
    try {
      return step.get();
    } catch (StoreUnavailableException | DomainsUnavailableException | OutOfMemoryError e) {
      throw e;
    } catch (StackOverflowError e) {
      LOGGER.error("Report in mail {} nests too deep for this JVM's stack", mail.mailName(), e);
      return otherwise.apply(
          new Rejected(RejectionReason.LIMIT, "nested too deep for this JVM's stack"));
    } catch (Throwable e) {
      LOGGER.error("Report in mail {} could not be judged", mail.mailName(), e);
      return otherwise.apply(new Rejected(RejectionReason.INTERNAL, e.getClass().getName()));
    }
  }
}
