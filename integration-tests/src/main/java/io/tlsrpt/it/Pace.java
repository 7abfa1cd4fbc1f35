// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.it;

import java.time.Duration;

/**
 * When each of many mails is to be sent, so many a second and evenly, from when this was made.
 *
 * @param start as {@link System#nanoTime} counts
 * @param pause between two, in nanoseconds
 */
public record Pace(long start, long pause) {
  public Pace(int aSecond) {
    this(System.nanoTime(), Duration.ofSeconds(1).toNanos() / Math.max(aSecond, 1));
  }

  /** Waits until it is the turn of a number. */
  public void await(int number) {
    long wait = start + number * pause - System.nanoTime();
    Waiting.pause(Duration.ofNanos(Math.max(wait, 0)));
  }
}
