// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.benchmarks.store;

import java.util.concurrent.atomic.AtomicLong;

/**
 * What went to a server and back: a trip is all that is sent until something comes back.
 *
 * @param sent octets to the server
 * @param received octets from it
 */
record Trips(long count, long sent, long received) {
  private static final AtomicLong COUNT = new AtomicLong();
  private static final AtomicLong SENT = new AtomicLong();
  private static final AtomicLong RECEIVED = new AtomicLong();

  /** Of this JVM so far. */
  static Trips soFar() {
    return new Trips(COUNT.get(), SENT.get(), RECEIVED.get());
  }

  static void begin() {
    COUNT.incrementAndGet();
  }

  static void sent(int octets) {
    SENT.addAndGet(octets);
  }

  static void received(int octets) {
    RECEIVED.addAndGet(Math.max(0, octets));
  }

  Trips since(Trips before) {
    return new Trips(count - before.count, sent - before.sent, received - before.received);
  }
}
