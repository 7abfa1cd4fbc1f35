// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.receiver.port;

import io.tlsrpt.figures.DomainState;
import io.tlsrpt.figures.event.DomainEvent;
import io.tlsrpt.figures.posture.PostureListener;
import io.tlsrpt.report.DomainName;
import java.util.Set;

/**
 * Where the domains of a receiver are shown, as MBeans for example. It reads the figures itself,
 * from the {@link io.tlsrpt.view.FiguresSource} that it was made with. Called by many threads at
 * once.
 */
public interface Exposure extends AutoCloseable {

  /** The domains that are shown now. */
  Set<DomainName> shown();

  /**
   * Shows a domain and the failures that its newest state has. To be called whenever a state has
   * changed; after {@link #close} it does nothing.
   */
  void show(DomainName domain);

  /** Hides a domain and its failures. */
  void hide(DomainName domain);

  /**
   * Tells listeners of an event. May take as long as listeners make it take.
   *
   * @param after the state of the event's domain after it
   */
  void tell(DomainEvent event, DomainState after);

  /** Where what the receiver sees itself is shown; closed with the rest. */
  PostureListener postures();

  /** Hides all domains. */
  @Override
  void close();
}
