// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.checks.connections;

import java.io.Closeable;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The watchdog of all connections: one thread that closes sockets whose time is over. A read
 * timeout would not do, since a host that sends an octet now and then never lets it expire.
 * Thread-safe.
 */
public final class Deadlines implements AutoCloseable {
  private final ScheduledThreadPoolExecutor watchdog =
      new ScheduledThreadPoolExecutor(
          1, Thread.ofPlatform().daemon().name("tlsrpt-deadline").factory());

  private final Set<Deadline> running = ConcurrentHashMap.newKeySet();

  /** Without connections; the thread starts with the first one. */
  public Deadlines() {
    watchdog.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  /**
   * Gives a socket a time from now on. After {@link #close} that time is over at once.
   *
   * @param socket the one below TLS
   */
  Deadline begin(Duration time, Closeable socket) {
    Deadline deadline = new Deadline(socket, running::remove);
    running.add(deadline);
    try {
      // If a deadline is called off, its task stays queued until its time and then does nothing.
      var unused = watchdog.schedule(deadline::ring, time.toNanos(), TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException e) {
      deadline.ring();
    }
    return deadline;
  }

  /** Connections that have a deadline now. */
  int running() {
    return running.size();
  }

  /** Closes all connections that are open, and ends the thread. */
  @Override
  public void close() {
    watchdog.shutdown();
    List.copyOf(running).forEach(Deadline::ring);
  }
}
