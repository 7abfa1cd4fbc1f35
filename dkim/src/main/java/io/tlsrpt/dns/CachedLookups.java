// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.dns;

import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * {@link BoundedLookups} behind an {@link AnswerCache}. For example, with the types of {@link
 * Answers}:
 *
 * <pre>{@code
 * var cache =
 *     new AnswerCache<String, Address>(
 *         new Addresses(), (host, address) -> 200, Duration.ofHours(1), clock);
 * var lookups = new CachedLookups<>(host -> askResolver(host), cache, host -> {});
 * Address address =
 *     lookups.find(
 *         "mx.example.com",
 *         () -> new Line(new DomainName("example.com"), false),
 *         new LookupDeadline(WaitingThread.SPOOLER));
 * }</pre>
 *
 * <p>Thread-safe.
 *
 * @param <Q> the type of a query, with {@code equals} and {@code hashCode}
 * @param <A> the type of an answer
 */
public final class CachedLookups<Q, A> implements AutoCloseable {
  private final Function<Q, TimedAnswer<A>> resolver;
  private final AnswerCache<Q, A> cache;
  private final BoundedLookups<Q, A> lookups;

  /**
   * Look-ups that put their questions to a resolver.
   *
   * @param resolver asks the DNS, and takes as long as that takes; runs on threads of its own. If
   *     it throws, there is no answer, and that is not cached
   * @param answered called with each query whose question has ended, with an answer or without, but
   *     not with one whose question was refused at once
   */
  public CachedLookups(
      Function<Q, TimedAnswer<A>> resolver, AnswerCache<Q, A> cache, Consumer<Q> answered) {
    this.resolver = resolver;
    this.cache = cache;
    this.lookups = new BoundedLookups<>(this::freshOrAsked, cache.answers(), answered);
  }

  /**
   * What the cache or the DNS says. If the DNS gives no answer in time, what it said before is
   * served stale.
   *
   * @param line called only if the DNS must be asked
   */
  public A find(Q query, Supplier<Line> line, LookupDeadline deadline) {
    return cache.fresh(query).orElseGet(() -> askedOrStale(query, line.get(), deadline));
  }

  private A askedOrStale(Q query, Line line, LookupDeadline deadline) {
    A answer = lookups.ask(query, line, deadline);
    return cache.answers().kind(answer) == Answers.Kind.UNAVAILABLE
        ? cache.stale(query).orElse(answer)
        : answer;
  }

  private A freshOrAsked(Q query) {
    // The cache again: another question may have ended between find and this one.
    return cache.fresh(query).orElseGet(() -> cache.add(query, resolver.apply(query)));
  }

  @Override
  public void close() {
    lookups.close();
  }
}
