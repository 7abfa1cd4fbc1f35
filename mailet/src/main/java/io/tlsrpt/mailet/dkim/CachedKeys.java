// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.mailet.dkim;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.xbill.DNS.Name;
import org.xbill.DNS.TextParseException;

/**
 * Keys of the DNS, remembered, such that mail never waits for long: queries run on threads of their
 * own, one for each name however many ask, and whoever asks waits 5 s at most. While several
 * threads of the server are waiting already, no further one does.
 */
final class CachedKeys implements KeyLookup {
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);
  private static final int MAX_CACHED = 10_000;
  private static final int THREADS = 8;
  private static final int MAX_QUEUED = 200;

  private final Function<Name, DnsKeys.Fresh> query;
  private final InstantSource clock;
  private final Cache<Name, Kept> cache = CacheBuilder.newBuilder().maximumSize(MAX_CACHED).build();
  private final ConcurrentHashMap<Name, CompletableFuture<KeyAnswer>> underWay =
      new ConcurrentHashMap<>();
  private final Patience patience = new Patience();
  private final ExecutorService threads;

  CachedKeys(Function<Name, DnsKeys.Fresh> query, InstantSource clock) {
    this.query = query;
    this.clock = clock;
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            1,
            TimeUnit.MINUTES,
            new LinkedBlockingQueue<>(MAX_QUEUED),
            Thread.ofPlatform().daemon().name("tlsrpt-dns-", 1).factory());
    pool.allowCoreThreadTimeOut(true);
    this.threads = pool;
  }

  private record Kept(KeyAnswer answer, Instant until) {}

  @Override
  public KeyAnswer find(String selector, String domain) {
    Name name;
    try {
      name = DnsKeys.name(selector, domain);
    } catch (TextParseException e) {
      return new KeyAnswer.Absent();
    }
    return kept(name).orElseGet(() -> ask(name));
  }

  private Optional<KeyAnswer> kept(Name name) {
    return Optional.ofNullable(cache.getIfPresent(name))
        .filter(kept -> clock.instant().isBefore(kept.until()))
        .map(Kept::answer);
  }

  private KeyAnswer ask(Name name) {
    try (Patience.Wait wait = patience.begin()) {
      if (wait.isPointless()) {
        return new KeyAnswer.Unavailable("others wait for the DNS already");
      }
      return underWay
          .computeIfAbsent(name, this::start)
          .get(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      return new KeyAnswer.Unavailable("no answer within " + LONGEST_WAIT.toSeconds() + " s");
    } catch (RejectedExecutionException e) {
      return new KeyAnswer.Unavailable("too many questions are open");
    } catch (ExecutionException e) {
      return new KeyAnswer.Unavailable(String.valueOf(e.getCause()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new KeyAnswer.Unavailable("the server is stopping");
    }
  }

  private CompletableFuture<KeyAnswer> start(Name name) {
    CompletableFuture<KeyAnswer> future = new CompletableFuture<>();
    threads.execute(
        () -> {
          try {
            KeyAnswer answer = queried(name);
            underWay.remove(name, future);
            future.complete(answer);
          } catch (Throwable e) {
            underWay.remove(name, future);
            future.completeExceptionally(e);
          }
        });
    return future;
  }

  private KeyAnswer queried(Name name) {
    DnsKeys.Fresh fresh = query.apply(name);
    cache.put(name, new Kept(fresh.answer(), clock.instant().plus(fresh.validity())));
    return fresh.answer();
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
