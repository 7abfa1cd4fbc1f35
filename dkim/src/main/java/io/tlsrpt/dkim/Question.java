// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.dkim;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.xbill.DNS.Name;

/**
 * A question about a key, from the moment it stands in line. Thread-safe.
 *
 * <p>It records whether and when the DNS was asked: a question that only waited in line says
 * nothing about the name servers.
 */
final class Question {
  /** No name server that is up takes as long. */
  private static final Duration SILENCE = Duration.ofSeconds(3);

  private static final long NOT_YET = Long.MIN_VALUE;
  private static final KeyAnswer PENDING = KeyAnswer.Unavailable.unasked("no answer yet");

  private final Name name;
  private final String organisation;
  private final boolean known;
  private final long start = System.nanoTime();
  private final CompletableFuture<KeyAnswer> answer = new CompletableFuture<>();
  private volatile long asked = NOT_YET;
  private volatile long ended = NOT_YET;

  Question(Name name, String organisation, boolean known) {
    this.name = name;
    this.organisation = organisation;
    this.known = known;
  }

  Name name() {
    return name;
  }

  String organisation() {
    return organisation;
  }

  /** Whether a signature was good under the key of this name before. */
  boolean isKnown() {
    return known;
  }

  /** In nanoseconds. */
  long age() {
    return System.nanoTime() - start;
  }

  /** The DNS is being asked from now on. */
  void begin() {
    asked = System.nanoTime();
  }

  boolean wasAsked() {
    return asked != NOT_YET;
  }

  void end(KeyAnswer found) {
    ended = System.nanoTime();
    answer.complete(found);
  }

  /**
   * Whether the DNS was asked and gave no answer for more than 3 seconds: until now, or until the
   * question ended without an answer.
   */
  boolean isSilent() {
    long from = asked;
    long to = ended == NOT_YET ? System.nanoTime() : ended;
    return from != NOT_YET
        && answer.getNow(PENDING) instanceof KeyAnswer.Unavailable
        && to - from > SILENCE.toNanos();
  }

  /** What the DNS says, as far as that is known after a time in nanoseconds. */
  KeyAnswer await(long nanos) {
    try {
      return answer.get(nanos, TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      return new KeyAnswer.Unavailable("no answer yet", isSilent());
    } catch (ExecutionException e) {
      return KeyAnswer.Unavailable.unanswered(String.valueOf(e.getCause()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return KeyAnswer.Unavailable.unasked("the server is stopping");
    }
  }
}
