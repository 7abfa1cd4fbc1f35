// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.dkim;

import com.google.common.cache.CacheBuilder;
import com.google.common.cache.CacheLoader;
import com.google.common.cache.LoadingCache;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.xbill.DNS.Name;

/**
 * Questions that the DNS has not answered yet. Each may take as long as the resolver's timeouts, so
 * that few are open at a time and the rest waits in line: those about keys that were good before in
 * a line of their own, all others by organisation. One question serves all who ask for a name.
 */
final class Queries implements AutoCloseable {
  /** Of keys that were good before, and of the others. */
  private static final int MAX_AT_ONCE = 100;

  private static final int MAX_OF_AN_ORGANISATION = 16;
  private static final int MAX_IN_LINE = 1_000;

  /** Less than anybody waits for an answer: who asked hears that it was not asked. */
  private static final Duration LONGEST_IN_LINE = Duration.ofSeconds(4);

  private final Function<Question, KeyAnswer> query;
  private final ConcurrentHashMap<Name, CompletableFuture<KeyAnswer>> underWay =
      new ConcurrentHashMap<>();

  /** By organisation; each is there as long as a question holds it. */
  private final LoadingCache<String, Semaphore> lines =
      CacheBuilder.newBuilder()
          .weakValues()
          .build(CacheLoader.from(() -> new Semaphore(MAX_OF_AN_ORGANISATION, true)));

  private final Semaphore placesOfKnown = new Semaphore(MAX_AT_ONCE, true);
  private final Semaphore placesOfOthers = new Semaphore(MAX_AT_ONCE, true);
  private final AtomicInteger inLine = new AtomicInteger();
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("tlsrpt-dns-", 1).factory());

  Queries(Function<Question, KeyAnswer> query) {
    this.query = query;
  }

  /**
   * A question.
   *
   * @param organisation whose name it is
   * @param known whether a signature was good under the key of this name before
   */
  record Question(Name name, String organisation, boolean known) {}

  /**
   * The answer to come, whether anybody waits for it or not.
   *
   * @throws RejectedExecutionException if too many wait in line
   */
  CompletableFuture<KeyAnswer> ask(Question question) {
    return underWay.computeIfAbsent(question.name(), name -> start(question));
  }

  private CompletableFuture<KeyAnswer> start(Question question) {
    if (inLine.incrementAndGet() > MAX_IN_LINE && !question.known()) {
      inLine.decrementAndGet();
      throw new RejectedExecutionException(MAX_IN_LINE + " others wait to be asked");
    }
    CompletableFuture<KeyAnswer> future = new CompletableFuture<>();
    try {
      threads.execute(() -> answer(question, future));
    } catch (RejectedExecutionException e) {
      inLine.decrementAndGet();
      throw e;
    }
    return future;
  }

  private void answer(Question question, CompletableFuture<KeyAnswer> future) {
    try {
      KeyAnswer answer = question.known() ? inTurn(question, placesOfKnown) : inLine(question);
      end(question, future);
      future.complete(answer);
    } catch (Throwable e) {
      end(question, future);
      future.completeExceptionally(e);
    }
  }

  /** Before anybody hears of the answer, so that whoever asks next does not get an old one. */
  private void end(Question question, CompletableFuture<KeyAnswer> future) {
    inLine.decrementAndGet();
    underWay.remove(question.name(), future);
  }

  private KeyAnswer inLine(Question question) throws InterruptedException {
    Semaphore ofOrganisation = lines.getUnchecked(question.organisation());
    return inTurn(ofOrganisation, () -> inTurn(question, placesOfOthers), question);
  }

  private KeyAnswer inTurn(Question question, Semaphore places) throws InterruptedException {
    return inTurn(places, () -> query.apply(question), question);
  }

  private static KeyAnswer inTurn(Semaphore places, Asking then, Question question)
      throws InterruptedException {
    if (!places.tryAcquire(LONGEST_IN_LINE.toMillis(), TimeUnit.MILLISECONDS)) {
      return KeyAnswer.Unavailable.unasked(
          "others about " + question.organisation() + " wait for an answer");
    }
    try {
      return then.ask();
    } finally {
      places.release();
    }
  }

  /** What is done in turn. */
  private interface Asking {
    KeyAnswer ask() throws InterruptedException;
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
