// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.dns;

import io.tlsrpt.report.DomainName;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A question to the DNS, from the moment it stands in line. Thread-safe.
 *
 * <p>It records whether and when the DNS was asked: a question that only waited in line says
 * nothing about the name servers.
 *
 * @param <Q> the type of a query
 * @param <A> the type of an answer
 */
final class Question<Q, A> {
  /** No name server that is up takes as long. */
  private static final Duration SILENCE = Duration.ofSeconds(3);

  private static final long NOT_YET = Long.MIN_VALUE;

  private final Q query;
  private final Line line;
  private final Answers<A> answers;
  private final long start = System.nanoTime();
  private final CompletableFuture<A> answer = new CompletableFuture<>();
  private volatile long asked = NOT_YET;
  private volatile long ended = NOT_YET;

  Question(Q query, Line line, Answers<A> answers) {
    this.query = query;
    this.line = line;
    this.answers = answers;
  }

  Q query() {
    return query;
  }

  DomainName organisation() {
    return line.organisation();
  }

  /** See {@link Line#known}. */
  boolean isKnown() {
    return line.known();
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

  void end(A found) {
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
    return from != NOT_YET && !isAnswered() && to - from > SILENCE.toNanos();
  }

  private boolean isAnswered() {
    return answer.isDone() && answers.kind(answer.join()) != Answers.Kind.UNAVAILABLE;
  }

  /** What the DNS says, as far as that is known after a time in nanoseconds. */
  A await(long nanos) {
    try {
      return answer.get(nanos, TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      return answers.unavailable("no answer yet", isSilent());
    } catch (ExecutionException e) {
      return answers.unavailable(String.valueOf(e.getCause()), true);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return answers.unavailable("the server is stopping", false);
    }
  }
}
