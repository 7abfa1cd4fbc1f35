// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.webadmin;

import io.tlsrpt.view.FiguresSource;
import io.tlsrpt.webadmin.pages.Running;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Optional;

/**
 * Where the pages find the figures of the receiver. The server makes its routes before the first
 * mailet, so there may be none yet. May be used by many threads at once.
 */
@Singleton
public final class RunningReceiver {
  private volatile Optional<Running> running = Optional.empty();

  /** For the container. */
  @Inject
  public RunningReceiver() {
    // Nothing runs yet.
  }

  /** The receiver has started. */
  public void started(FiguresSource source) {
    running = Optional.of(Running.of(source));
  }

  /** The receiver has stopped. */
  public void stopped() {
    running = Optional.empty();
  }

  /** Empty if no mailet is configured, or none has been initialised. */
  Optional<Running> running() {
    return running;
  }
}
