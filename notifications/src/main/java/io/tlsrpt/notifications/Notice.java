// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.notifications;

import static java.util.Objects.requireNonNull;

import io.tlsrpt.figures.event.DomainEvent;
import io.tlsrpt.figures.posture.CheckEvent;
import java.time.Instant;

/** Something that an administrator is told once, when it happens. */
sealed interface Notice {
  /** When it was noticed. */
  Instant time();

  /** Of a domain. */
  record OfDomain(DomainEvent event) implements Notice {
    public OfDomain {
      requireNonNull(event, "event");
    }

    @Override
    public Instant time() {
      return event.time();
    }
  }

  /** Of what this server sees itself. */
  record OfCheck(CheckEvent event) implements Notice {
    public OfCheck {
      requireNonNull(event, "event");
    }

    @Override
    public Instant time() {
      return event.at();
    }
  }

  /**
   * Of the receiver on this server.
   *
   * @param begins whether it begins; else it is over
   */
  record OfReceiver(Trouble trouble, boolean begins, Instant time) implements Notice {
    public OfReceiver {
      requireNonNull(trouble, "trouble");
      requireNonNull(time, "time");
    }
  }
}
