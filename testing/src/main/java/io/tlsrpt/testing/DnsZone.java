// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.testing;

import io.tlsrpt.testing.DnsServer.Mood;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A domain and all below it that is in no other zone: how queries about it are answered. At first
 * they are, and at once.
 */
public final class DnsZone {
  private final AtomicInteger queries = new AtomicInteger();
  private volatile Mood mood = Mood.ANSWERING;
  private volatile Duration delay = Duration.ZERO;

  DnsZone() {}

  public void setMood(Mood mood) {
    this.mood = mood;
  }

  /** Lets every answer wait. */
  public void setDelay(Duration delay) {
    this.delay = delay;
  }

  /** Queries that have come in, answered or not. */
  public int queries() {
    return queries.get();
  }

  Mood mood() {
    return mood;
  }

  Duration delay() {
    return delay;
  }

  void count() {
    queries.incrementAndGet();
  }
}
