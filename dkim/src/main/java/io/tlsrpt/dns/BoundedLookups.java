// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.dns;

import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Look-ups such that no thread waits for long, however slow name servers are, and however many
 * questions strangers cause. A thread that gets no answer in time, or must not wait, is told so;
 * the question goes on, and its end is announced.
 *
 * <p>Two limits work together: {@link InFlightQueries} lets few questions reach the DNS at a time,
 * and {@link SpoolerBulkhead} lets few spooler threads wait for answers. Nothing is cached: see
 * {@link CachedLookups}. Thread-safe.
 *
 * @param <Q> the type of a query, with {@code equals} and {@code hashCode}: a name, or a name with
 *     a record type
 * @param <A> the type of an answer
 */
public final class BoundedLookups<Q, A> implements AutoCloseable {
  private final Answers<A> answers;
  private final InFlightQueries<Q, A> queries;

  /**
   * Known and other names have separate limits, so that mails of strangers, however many, cannot
   * keep a mail from waiting for a known name.
   */
  private final SpoolerBulkhead bulkheadOfKnown = new SpoolerBulkhead();

  private final SpoolerBulkhead bulkheadOfOthers = new SpoolerBulkhead();

  /**
   * Look-ups that put their questions to a resolver.
   *
   * @param resolver asks the DNS, and takes as long as that takes; runs on threads of its own. If
   *     it throws, there is no answer
   * @param answered called with each query whose question has ended, with an answer or without, but
   *     not with one whose question was refused at once
   */
  public BoundedLookups(Function<Q, A> resolver, Answers<A> answers, Consumer<Q> answered) {
    this.answers = answers;
    this.queries = new InFlightQueries<>(resolver, answers, answered);
  }

  /** Asks the DNS, or joins the same question of another thread, and waits within the deadline. */
  public A ask(Q query, Line line, LookupDeadline deadline) {
    try {
      Question<Q, A> question = queries.ask(query, line);
      return deadline.thread() == WaitingThread.SPOOLER
          ? awaitAsSpooler(question, deadline)
          : question.await(deadline.left());
    } catch (QuestionRefusedException e) {
      return answers.unavailable("the DNS was not asked: " + e.getMessage(), false);
    }
  }

  /**
   * Waits on a spooler thread, if {@link SpoolerBulkhead} allows one more to wait. If the name
   * servers stay silent, the wait counts as in vain.
   */
  private A awaitAsSpooler(Question<Q, A> question, LookupDeadline deadline) {
    SpoolerBulkhead bulkhead = question.isKnown() ? bulkheadOfKnown : bulkheadOfOthers;
    Optional<SpoolerBulkhead.Wait> wait = bulkhead.begin(question.organisation());
    if (wait.isEmpty()) {
      return answers.unavailable(
          "too many mails wait for the DNS already", queries.isSilent(question.organisation()));
    }
    try (SpoolerBulkhead.Wait waiting = wait.get()) {
      A answer = question.await(deadline.left());
      if (question.isSilent()) {
        waiting.endInVain();
      }
      return answer;
    }
  }

  @Override
  public void close() {
    queries.close();
  }
}
