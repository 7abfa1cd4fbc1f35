// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.dkim;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.xbill.DNS.Name;
import org.xbill.DNS.TextParseException;

/**
 * Keys of the DNS, remembered, such that mail never waits for long. A key that was found stays good
 * for a day while the DNS cannot be asked.
 */
final class CachedKeys implements KeyLookup {
  private static final int MAX_CACHED_BYTES = 16 << 20;
  private static final Duration LONGEST_USE = Duration.ofDays(1);

  private final Function<Name, DnsKeys.Fresh> query;
  private final InstantSource clock;
  private final Cache<Name, Kept> cache =
      CacheBuilder.newBuilder()
          .maximumWeight(MAX_CACHED_BYTES)
          .weigher(Kept::weight)
          .expireAfterWrite(LONGEST_USE)
          .build();
  private final ServerWaits waits = new ServerWaits();
  private final Queries queries = new Queries(this::queried);

  CachedKeys(Function<Name, DnsKeys.Fresh> query, InstantSource clock) {
    this.query = query;
    this.clock = clock;
  }

  /**
   * An answer.
   *
   * @param given when the DNS gave it
   * @param until when the DNS is to be asked again
   */
  private record Kept(KeyAnswer answer, Instant given, Instant until) {
    /** About so many bytes of memory. */
    static int weight(Name name, Kept kept) {
      int keys =
          kept.answer() instanceof KeyAnswer.Found(List<KeyRecord> found)
              ? 4 * found.stream().mapToInt(KeyRecord::length).sum()
              : 0;
      return 400 + name.length() + keys;
    }
  }

  @Override
  public KeyAnswer find(String selector, String domain, Patience patience) {
    Name name;
    try {
      name = DnsKeys.name(selector, domain);
    } catch (TextParseException e) {
      return new KeyAnswer.Absent();
    }
    return kept(name).orElseGet(() -> askOrRemember(name, domain, patience));
  }

  private KeyAnswer askOrRemember(Name name, String domain, Patience patience) {
    KeyAnswer answer = ask(name, OrganisationalDomain.of(domain), patience);
    return answer instanceof KeyAnswer.Unavailable
        ? foundBefore(name).map(Kept::answer).orElse(answer)
        : answer;
  }

  private Optional<KeyAnswer> kept(Name name) {
    return Optional.ofNullable(cache.getIfPresent(name))
        .filter(kept -> clock.instant().isBefore(kept.until()))
        .map(Kept::answer);
  }

  private KeyAnswer ask(Name name, String organisation, Patience patience) {
    if (patience.caller() == Caller.SERVER && waits.areTooMany()) {
      return new KeyAnswer.Unavailable("others wait for the DNS already");
    }
    ServerWaits.Wait wait = waits.begin(patience.caller());
    try {
      KeyAnswer answer = queries.ask(name, organisation).get(patience.left(), TimeUnit.NANOSECONDS);
      if (!(answer instanceof KeyAnswer.Unavailable)) {
        wait.endWithAnswer();
      }
      return answer;
    } catch (TimeoutException e) {
      wait.endInVain();
      return new KeyAnswer.Unavailable(
          "no answer within " + Patience.LONGEST_WAIT.toSeconds() + " s");
    } catch (RejectedExecutionException e) {
      return new KeyAnswer.Unavailable("no further question: " + e.getMessage());
    } catch (ExecutionException e) {
      return new KeyAnswer.Unavailable(String.valueOf(e.getCause()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new KeyAnswer.Unavailable("the server is stopping");
    } finally {
      wait.end();
    }
  }

  private KeyAnswer queried(Name name) {
    // Another query may have ended since the caller looked.
    return kept(name).orElseGet(() -> query(name));
  }

  private KeyAnswer query(Name name) {
    DnsKeys.Fresh fresh = query.apply(name);
    Instant now = clock.instant();
    Instant until = now.plus(fresh.validity());
    Optional<Kept> before =
        fresh.answer() instanceof KeyAnswer.Unavailable ? foundBefore(name) : Optional.empty();
    Kept next =
        before
            .map(kept -> new Kept(kept.answer(), kept.given(), until))
            .orElseGet(() -> new Kept(fresh.answer(), now, until));
    cache.put(name, next);
    return next.answer();
  }

  /** The last key that was found, if it is young enough to do while the DNS has no answer. */
  private Optional<Kept> foundBefore(Name name) {
    return Optional.ofNullable(cache.getIfPresent(name))
        .filter(kept -> kept.answer() instanceof KeyAnswer.Found)
        .filter(kept -> clock.instant().isBefore(kept.given().plus(LONGEST_USE)));
  }

  @Override
  public void close() {
    queries.close();
  }
}
