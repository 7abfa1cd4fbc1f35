// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.receiver.port;

import io.tlsrpt.figures.DomainState;
import io.tlsrpt.figures.event.DomainEvent;
import io.tlsrpt.figures.posture.CheckEvent;

/**
 * Who is told of events besides those who look at what is shown. Of several servers that share a
 * database, the one that committed an event's report tells it.
 */
public interface DomainListener extends AutoCloseable {
  /** Listens to nothing. */
  DomainListener NONE =
      new DomainListener() {
        @Override
        public void start() {}

        @Override
        public void tell(DomainEvent event, DomainState after) {}

        @Override
        public void tell(CheckEvent event) {}

        @Override
        public void close() {}
      };

  /** The receiver is open: from now on it may be asked. */
  void start();

  /**
   * Tells of an event, each once and in order. Must return at once: other listeners wait.
   *
   * @param after the state of the event's domain after it
   */
  void tell(DomainEvent event, DomainState after);

  /** Tells of a check of what is published that has turned. Must return at once. */
  void tell(CheckEvent event);

  /** No event comes any more. */
  @Override
  void close();
}
