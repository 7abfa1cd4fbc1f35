// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.dkim;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import com.google.common.cache.CacheLoader;
import com.google.common.cache.LoadingCache;
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
import org.xbill.DNS.Name;

/**
 * Questions that the DNS has not answered yet. Each may take as long as the resolver's timeouts, so
 * that few are open at a time and the rest waits in line: those about keys that were good before in
 * a line of their own, all others by organisation. A question goes on when nobody waits for it any
 * more, and one serves all who ask for its name.
 */
final class Queries implements AutoCloseable {
  private static final int MAX_OF_KNOWN = 50;
  private static final int MAX_OF_OTHERS = 150;
  private static final int MAX_OF_AN_ORGANISATION = 32;

  /** Whoever was silent a moment ago has to be asked again, but shall not take all places. */
  private static final int MAX_OF_A_SILENT_ORGANISATION = 2;

  /** Asked, or in line to be asked. */
  private static final int MAX_OPEN = 1_000;

  private static final Duration LONGEST_IN_LINE = Duration.ofSeconds(4);
  private static final Duration SILENCE_REMEMBERED = Duration.ofSeconds(30);

  private final Function<Name, KeyAnswer> query;
  private final Consumer<Name> answered;
  private final ConcurrentHashMap<Name, Question> underWay = new ConcurrentHashMap<>();

  /** By organisation; each is there as long as a question holds it. */
  private final LoadingCache<String, Semaphore> places =
      CacheBuilder.newBuilder()
          .weakValues()
          .build(CacheLoader.from(() -> new Semaphore(MAX_OF_AN_ORGANISATION, true)));

  private final Cache<String, Boolean> silent =
      CacheBuilder.newBuilder().maximumSize(10_000).expireAfterWrite(SILENCE_REMEMBERED).build();
  private final Semaphore placesOfKnown = new Semaphore(MAX_OF_KNOWN, true);
  private final Semaphore placesOfOthers = new Semaphore(MAX_OF_OTHERS, true);
  private final AtomicInteger open = new AtomicInteger();
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("tlsrpt-dns-", 1).factory());

  /**
   * Asks by a query.
   *
   * @param answered is told of each name whose question has ended, with an answer or without; but
   *     not of one that was turned away at once
   */
  Queries(Function<Name, KeyAnswer> query, Consumer<Name> answered) {
    this.query = query;
    this.answered = answered;
  }

  /**
   * Asks, or joins who has asked already.
   *
   * @param organisation whose name it is
   * @param known whether a signature was good under the key of this name before
   */
  Question ask(Name name, String organisation, boolean known) {
    return underWay.computeIfAbsent(name, n -> start(new Question(n, organisation, known)));
  }

  private Question start(Question question) {
    if (open.incrementAndGet() > MAX_OPEN && !question.isKnown()) {
      open.decrementAndGet();
      throw new QuestionRefusedException(MAX_OPEN + " other questions are open");
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

  private void answer(Question question) {
    KeyAnswer answer;
    try {
      // A known organisation whose name servers are silent has as many keys as it likes: its
      // questions would take all places of those who answer.
      answer =
          question.isKnown() && !isSilent(question.organisation())
              ? askInTurn(question, placesOfKnown)
              : askInLine(question);
    } catch (Throwable e) {
      answer = KeyAnswer.Unavailable.unanswered(e.toString());
    }
    if (answer instanceof KeyAnswer.Unavailable && question.isSilent()) {
      silent.put(question.organisation(), true);
    }
    // Before anybody hears of the answer, so that whoever asks next does not get an old one.
    open.decrementAndGet();
    underWay.remove(question.name(), question);
    question.end(answer);
    // A question that is turned away at once must not wake its mails: each would ask again at once.
    if (question.wasAsked() || question.age() >= LONGEST_IN_LINE.toNanos()) {
      answered.accept(question.name());
    }
  }

  private KeyAnswer askInLine(Question question) throws InterruptedException {
    Semaphore ofOrganisation = places.getUnchecked(question.organisation());
    if (isSilent(question.organisation())
        && ofOrganisation.availablePermits()
            <= MAX_OF_AN_ORGANISATION - MAX_OF_A_SILENT_ORGANISATION) {
      return KeyAnswer.Unavailable.unanswered(
          "others about " + question.organisation() + " get no answer");
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

  private KeyAnswer askInTurn(Question question, Semaphore turns) throws InterruptedException {
    if (!isInTurn(question, turns)) {
      return unreached(question);
    }
    try {
      question.begin();
      return query.apply(question.name());
    } finally {
      turns.release();
    }
  }

  /** One deadline for all lines of a question. */
  private static boolean isInTurn(Question question, Semaphore turns) throws InterruptedException {
    long left = LONGEST_IN_LINE.toNanos() - question.age();
    return turns.tryAcquire(left, TimeUnit.NANOSECONDS);
  }

  private static KeyAnswer unreached(Question question) {
    return KeyAnswer.Unavailable.unasked(
        "others about " + question.organisation() + " wait for an answer");
  }

  /** Whether an organisation's name servers said nothing a moment ago, or do so now. */
  boolean isSilent(String organisation) {
    return silent.getIfPresent(organisation) != null
        || underWay.values().stream()
            .anyMatch(other -> other.organisation().equals(organisation) && other.isSilent());
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
