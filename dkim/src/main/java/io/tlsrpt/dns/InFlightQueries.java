// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.dns;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import com.google.common.cache.CacheLoader;
import com.google.common.cache.LoadingCache;
import io.tlsrpt.report.DomainName;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Questions in flight, which the DNS has not answered yet. A question may take as long as the
 * resolver's timeouts, so only few are asked at a time and the others wait in line. Questions about
 * known names have a line of their own; all others wait in a line of their organisation first, then
 * in a common one.
 *
 * <p>Single flight: one question serves all threads that ask the same query. It goes on when nobody
 * waits for it any more. Thread-safe.
 *
 * @param <Q> the type of a query, with {@code equals} and {@code hashCode}
 * @param <A> the type of an answer
 */
final class InFlightQueries<Q, A> implements AutoCloseable {
  private static final int MAX_OF_KNOWN = 50;
  private static final int MAX_OF_OTHERS = 150;
  private static final int MAX_OF_AN_ORGANISATION = 32;

  /**
   * An organisation whose name servers were silent a moment ago is asked again, but must not take
   * all places.
   */
  private static final int MAX_OF_A_SILENT_ORGANISATION = 2;

  /** Most questions in flight or in line; those about known names are started even beyond that. */
  private static final int MAX_OPEN = 1_000;

  private static final Duration LONGEST_IN_LINE = Duration.ofSeconds(4);
  private static final Duration SILENCE_REMEMBERED = Duration.ofSeconds(30);

  private final Function<Q, A> resolver;
  private final Answers<A> answers;
  private final Consumer<Q> answered;
  private final ConcurrentHashMap<Q, Question<Q, A>> underWay = new ConcurrentHashMap<>();

  /** A semaphore for each organisation. It exists as long as a question holds it. */
  private final LoadingCache<DomainName, Semaphore> places =
      CacheBuilder.newBuilder()
          .weakValues()
          .build(CacheLoader.from(() -> new Semaphore(MAX_OF_AN_ORGANISATION, true)));

  private final Cache<DomainName, Boolean> silent =
      CacheBuilder.newBuilder().maximumSize(10_000).expireAfterWrite(SILENCE_REMEMBERED).build();
  private final Semaphore placesOfKnown = new Semaphore(MAX_OF_KNOWN, true);
  private final Semaphore placesOfOthers = new Semaphore(MAX_OF_OTHERS, true);
  private final AtomicInteger open = new AtomicInteger();
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("tlsrpt-dns-", 1).factory());

  /**
   * Look-ups that put their questions to a resolver.
   *
   * @param answered called with each query whose question has ended, with an answer or without, but
   *     not with one whose question was refused at once
   */
  InFlightQueries(Function<Q, A> resolver, Answers<A> answers, Consumer<Q> answered) {
    this.resolver = resolver;
    this.answers = answers;
    this.answered = answered;
  }

  /**
   * Asks, or joins the question in flight that has the same query.
   *
   * @throws QuestionRefusedException if the question cannot be started
   */
  Question<Q, A> ask(Q query, Line line) {
    return underWay.computeIfAbsent(query, q -> start(new Question<>(q, line, answers)));
  }

  private Question<Q, A> start(Question<Q, A> question) {
    if (open.incrementAndGet() > MAX_OPEN && !question.isKnown()) {
      open.decrementAndGet();
      throw new QuestionRefusedException(MAX_OPEN + " other queries are open");
    }
    try {
      threads.execute(() -> answer(question));
    } catch (RejectedExecutionException e) {
      open.decrementAndGet();
      throw new QuestionRefusedException("the server is stopping");
    } catch (Throwable e) {
      open.decrementAndGet();
      throw e;
    }
    return question;
  }

  private void answer(Question<Q, A> question) {
    A answer;
    try {
      // A known organisation can have any number of names. While its name servers are silent, its
      // questions stand in line with those of strangers, so that they do not block other known
      // names.
      answer =
          question.isKnown() && !isSilent(question.organisation())
              ? askInTurn(question, placesOfKnown)
              : askInLine(question);
    } catch (Throwable e) {
      answer = answers.unavailable(e.toString(), true);
    }
    if (answers.kind(answer) == Answers.Kind.UNAVAILABLE && question.isSilent()) {
      silent.put(question.organisation(), true);
    }
    // Remove the question before its answer is published, so that no later thread joins it.
    open.decrementAndGet();
    underWay.remove(question.query(), question);
    question.end(answer);
    // Wake the mails that wait for this answer. Not if it was refused at once: they would all ask
    // again at once.
    if (question.wasAsked() || question.age() >= LONGEST_IN_LINE.toNanos()) {
      answered.accept(question.query());
    }
  }

  /**
   * Asks after waiting in the line of the organisation and in the common line of unknown names. An
   * organisation with silent name servers has only two places; beyond that a question is refused at
   * once.
   */
  private A askInLine(Question<Q, A> question) throws InterruptedException {
    Semaphore ofOrganisation = places.getUnchecked(question.organisation());
    if (isSilent(question.organisation())
        && ofOrganisation.availablePermits()
            <= MAX_OF_AN_ORGANISATION - MAX_OF_A_SILENT_ORGANISATION) {
      return answers.unavailable(
          "other queries about " + question.organisation() + " get no answer", true);
    }
    if (!isInTurn(question, ofOrganisation)) {
      return unreached(question);
    }
    try {
      return askInTurn(question, placesOfOthers);
    } finally {
      ofOrganisation.release();
    }
  }

  private A askInTurn(Question<Q, A> question, Semaphore turns) throws InterruptedException {
    if (!isInTurn(question, turns)) {
      return unreached(question);
    }
    try {
      question.begin();
      return resolver.apply(question.query());
    } finally {
      turns.release();
    }
  }

  /** Waits for a place. One deadline holds for all lines in which a question waits. */
  private static boolean isInTurn(Question<?, ?> question, Semaphore turns)
      throws InterruptedException {
    long left = LONGEST_IN_LINE.toNanos() - question.age();
    return turns.tryAcquire(left, TimeUnit.NANOSECONDS);
  }

  private A unreached(Question<Q, A> question) {
    return answers.unavailable(
        "other queries about " + question.organisation() + " wait for an answer", false);
  }

  /** Whether an organisation's name servers said nothing a moment ago, or do so now. */
  boolean isSilent(DomainName organisation) {
    return silent.getIfPresent(organisation) != null
        || underWay.values().stream()
            .anyMatch(other -> other.organisation().equals(organisation) && other.isSilent());
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
