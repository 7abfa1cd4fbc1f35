// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.checks.connections;

import java.io.Closeable;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * The end of the time that a socket has. When it comes, the socket is closed, so that whatever
 * waits for it ends with an exception. Thread-safe.
 */
final class Deadline implements AutoCloseable {
  private enum State {
    RUNNING,
    RANG,
    CALLED_OFF
  }

  private final Closeable socket;
  private final Consumer<Deadline> over;
  private final AtomicReference<State> state = new AtomicReference<>(State.RUNNING);

  /**
   * A deadline that runs.
   *
   * @param socket the one below TLS: to close an {@code SSLSocket} is to write, which can itself
   *     wait for the other side
   * @param over told when it has rung or is called off
   */
  Deadline(Closeable socket, Consumer<Deadline> over) {
    this.socket = socket;
    this.over = over;
  }

  /** Whether the time was over before it was called off. */
  boolean rang() {
    return state.get() == State.RANG;
  }

  void ring() {
    if (state.compareAndSet(State.RUNNING, State.RANG)) {
      over.accept(this);
      try {
        socket.close();
      } catch (IOException e) {
        // It is closed all the same.
      }
    }
  }

  /** Calls it off; the socket stays as it is. */
  @Override
  public void close() {
    if (state.compareAndSet(State.RUNNING, State.CALLED_OFF)) {
      over.accept(this);
    }
  }
}
