// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.dns;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.ToIntBiFunction;
import java.util.stream.Stream;

/**
 * Answers of the DNS, each for as long as it is valid. It serves stale answers (RFC 8767): while
 * the DNS cannot be asked, what was found last stays in use for a limited time. Thread-safe.
 *
 * @param <Q> the type of a query
 * @param <A> the type of an answer
 */
public final class AnswerCache<Q, A> {
  private static final int MAX_BYTES_OF_FOUND = 16 << 20;
  private static final int MAX_OTHERS = 10_000;

  private final Answers<A> answers;
  private final Duration longestUse;
  private final InstantSource clock;
  private final Cache<Q, CachedAnswer<A>> found;

  /**
   * Answers with which nothing was found. They have a cache of their own: anybody can make us ask
   * for names that do not exist, which must not push out what was found.
   */
  private final Cache<Q, CachedAnswer<A>> others =
      CacheBuilder.newBuilder().maximumSize(MAX_OTHERS).build();

  /**
   * An empty cache.
   *
   * @param bytes about so many bytes of memory take a query and an answer that found something
   * @param longestUse how long what was found may be used, stale or not, since the DNS gave it
   */
  public AnswerCache(
      Answers<A> answers,
      ToIntBiFunction<? super Q, ? super A> bytes,
      Duration longestUse,
      InstantSource clock) {
    this.answers = answers;
    this.longestUse = longestUse;
    this.clock = clock;
    this.found =
        CacheBuilder.newBuilder()
            .maximumWeight(MAX_BYTES_OF_FOUND)
            .weigher((Q query, CachedAnswer<A> cached) -> bytes.applyAsInt(query, cached.answer()))
            .expireAfterWrite(longestUse)
            .build();
  }

  /** What the answers are. */
  Answers<A> answers() {
    return answers;
  }

  /** The answer to a query while the DNS need not be asked again. */
  Optional<A> fresh(Q query) {
    Instant now = clock.instant();
    return Stream.of(found, others)
        .flatMap(cache -> Optional.ofNullable(cache.getIfPresent(query)).stream())
        .filter(cached -> cached.isFresh(now))
        .map(CachedAnswer::answer)
        .findFirst();
  }

  /** What was found last, if it may still be used while the DNS gives no answer. */
  Optional<A> stale(Q query) {
    return lastFound(query).map(CachedAnswer::answer);
  }

  private Optional<CachedAnswer<A>> lastFound(Q query) {
    return Optional.ofNullable(found.getIfPresent(query))
        .filter(cached -> cached.isYoungerThan(longestUse, clock.instant()));
  }

  /**
   * Adds what a query brought. If that is no answer, what was found last is served stale until the
   * next try. Any other answer replaces the cached one; if nothing is found any more, what was
   * found before is dropped at once.
   *
   * @return the answer that the cache gives now
   */
  A add(Q query, TimedAnswer<A> given) {
    Instant now = clock.instant();
    Instant refreshAt = now.plus(given.validity());
    Optional<CachedAnswer<A>> last = isUnavailable(given) ? lastFound(query) : Optional.empty();
    CachedAnswer<A> next =
        last.map(cached -> cached.refreshedAt(refreshAt))
            .orElseGet(() -> new CachedAnswer<>(given.answer(), now, refreshAt));
    put(query, next);
    return next.answer();
  }

  private boolean isUnavailable(TimedAnswer<A> given) {
    return answers.kind(given.answer()) == Answers.Kind.UNAVAILABLE;
  }

  private void put(Q query, CachedAnswer<A> next) {
    switch (answers.kind(next.answer())) {
      case FOUND -> {
        found.put(query, next);
        others.invalidate(query);
      }
      case NOTHING -> {
        others.put(query, next);
        found.invalidate(query);
      }
      case UNAVAILABLE -> others.put(query, next);
    }
  }
}
