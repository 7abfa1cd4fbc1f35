// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.dkim;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import org.xbill.DNS.Name;

/**
 * Questions that the DNS has not answered yet: one for each name however many ask, few of one
 * organisation however many names it has, since each may take as long as the resolver's timeouts.
 */
final class Queries implements AutoCloseable {
  private static final int MAX_AT_ONCE = 200;
  private static final int MAX_OF_AN_ORGANISATION = 2;

  private final Function<Name, KeyAnswer> query;
  private final ConcurrentHashMap<Name, CompletableFuture<KeyAnswer>> underWay =
      new ConcurrentHashMap<>();
  private final ConcurrentHashMap<String, Integer> byOrganisation = new ConcurrentHashMap<>();
  private final Semaphore places = new Semaphore(MAX_AT_ONCE);
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("tlsrpt-dns-", 1).factory());

  Queries(Function<Name, KeyAnswer> query) {
    this.query = query;
  }

  /**
   * The answer to come.
   *
   * @throws RejectedExecutionException if too many questions are open
   */
  CompletableFuture<KeyAnswer> ask(Name name, String organisation) {
    return underWay.computeIfAbsent(name, n -> start(n, organisation));
  }

  private CompletableFuture<KeyAnswer> start(Name name, String organisation) {
    take(organisation);
    CompletableFuture<KeyAnswer> future = new CompletableFuture<>();
    try {
      threads.execute(() -> answer(name, organisation, future));
    } catch (RejectedExecutionException e) {
      release(organisation);
      throw e;
    }
    return future;
  }

  private void answer(Name name, String organisation, CompletableFuture<KeyAnswer> future) {
    try {
      KeyAnswer answer = query.apply(name);
      end(name, organisation, future);
      future.complete(answer);
    } catch (Throwable e) {
      end(name, organisation, future);
      future.completeExceptionally(e);
    }
  }

  /** Before anybody hears of the answer, so that the next question finds the place free. */
  private void end(Name name, String organisation, CompletableFuture<KeyAnswer> future) {
    if (underWay.remove(name, future)) {
      release(organisation);
    }
  }

  private void take(String organisation) {
    if (byOrganisation.merge(organisation, 1, Integer::sum) > MAX_OF_AN_ORGANISATION) {
      leave(organisation);
      throw new RejectedExecutionException("others about " + organisation + " are open");
    }
    if (!places.tryAcquire()) {
      leave(organisation);
      throw new RejectedExecutionException(MAX_AT_ONCE + " others are open");
    }
  }

  private void release(String organisation) {
    places.release();
    leave(organisation);
  }

  private void leave(String organisation) {
    byOrganisation.computeIfPresent(organisation, (o, count) -> count > 1 ? count - 1 : null);
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
