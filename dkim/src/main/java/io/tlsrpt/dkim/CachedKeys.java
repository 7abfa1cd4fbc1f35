// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.dkim;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import io.tlsrpt.dns.Caller;
import io.tlsrpt.dns.OrganisationalDomain;
import io.tlsrpt.dns.Patience;
import io.tlsrpt.dns.ServerWaits;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.xbill.DNS.Name;
import org.xbill.DNS.TextParseException;

/**
 * A cache of the keys in the DNS, such that no mail waits for long. It serves stale keys (RFC
 * 8767): while the DNS gives no answer, a key that it gave within the last day is still used.
 */
final class CachedKeys implements KeyLookup {
  private static final int MAX_CACHED_BYTES = 16 << 20;
  private static final int MAX_OTHERS = 10_000;
  private static final Duration LONGEST_USE = Duration.ofDays(1);

  private final Function<Name, DnsKeys.Fresh> query;
  private final KnownKeys known;
  private final InstantSource clock;
  private final Cache<Name, Kept> found =
      CacheBuilder.newBuilder()
          .maximumWeight(MAX_CACHED_BYTES)
          .weigher(Kept::weight)
          .expireAfterWrite(LONGEST_USE)
          .build();

  /**
   * Answers without a key. They have a cache of their own: anybody can make us ask for names that
   * do not exist, which must not push out keys.
   */
  private final Cache<Name, Kept> others =
      CacheBuilder.newBuilder().maximumSize(MAX_OTHERS).build();

  private final Queries queries;

  /**
   * Known and other keys have separate limits, so that mails of strangers, however many, cannot
   * keep a mail from waiting for a reporter's key.
   */
  private final ServerWaits waitsForKnown = new ServerWaits();

  private final ServerWaits waitsForOthers = new ServerWaits();

  /**
   * Keys to be found by a query.
   *
   * @param known keys that were good before; keys that turn out good are added
   * @param answered called with each name whose question has ended, with an answer or without
   */
  CachedKeys(
      Function<Name, DnsKeys.Fresh> query,
      KnownKeys known,
      InstantSource clock,
      Consumer<String> answered) {
    this.query = query;
    this.known = known;
    this.clock = clock;
    this.queries = new Queries(this::queried, name -> answered.accept(asText(name)));
  }

  /**
   * An answer, as it is remembered.
   *
   * @param given when the DNS gave it
   * @param until when the DNS is to be asked again
   */
  private record Kept(KeyAnswer answer, Instant given, Instant until) {
    /** About so many bytes of memory. */
    static int weight(Name name, Kept kept) {
      int keys =
          kept.answer() instanceof KeyAnswer.Found(List<KeyRecord> found)
              ? 4 * found.stream().mapToInt(key -> key.text().length()).sum()
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

  private static String asText(Name name) {
    return name.toString(true).toLowerCase(Locale.ROOT);
  }

  @Override
  public Optional<KeyRecord> known(String selector, String domain) {
    return text(selector, domain).flatMap(known::get).flatMap(key -> KeyRecord.of(key.record()));
  }

  @Override
  public void good(String selector, String domain, KeyRecord key) {
    text(selector, domain)
        .ifPresent(name -> known.good(name, OrganisationalDomain.of(domain), key.text()));
  }

  @Override
  public String name(String selector, String domain) {
    return text(selector, domain).orElse("");
  }

  private static Optional<String> text(String selector, String domain) {
    try {
      return Optional.of(asText(DnsKeys.name(selector, domain)));
    } catch (TextParseException e) {
      return Optional.empty();
    }
  }

  private Optional<KeyAnswer> kept(Name name) {
    Instant now = clock.instant();
    return Stream.of(found, others)
        .flatMap(cache -> Optional.ofNullable(cache.getIfPresent(name)).stream())
        .filter(kept -> now.isBefore(kept.until()) && !isAhead(kept, now))
        .map(Kept::answer)
        .findFirst();
  }

  /** Whether the answer lies ahead: the clock was set back, so the answer's age is unknown. */
  private static boolean isAhead(Kept kept, Instant now) {
    return now.isBefore(kept.given());
  }

  private KeyAnswer ask(Name name, String organisation, Patience patience) {
    boolean isKnown = known.get(asText(name)).isPresent();
    try {
      Question question = queries.ask(name, organisation, isKnown);
      return patience.caller() == Caller.SERVER
          ? awaitAsServer(question, patience)
          : question.await(patience.left());
    } catch (QuestionRefusedException e) {
      return KeyAnswer.Unavailable.unasked("the DNS was not asked: " + e.getMessage());
    }
  }

  /**
   * Waits on a thread of the server, if {@link ServerWaits} allows one more to wait. If the name
   * servers stay silent, the wait counts as in vain.
   */
  private KeyAnswer awaitAsServer(Question question, Patience patience) {
    ServerWaits waits = question.isKnown() ? waitsForKnown : waitsForOthers;
    Optional<ServerWaits.Wait> wait = waits.begin(question.organisation());
    if (wait.isEmpty()) {
      return new KeyAnswer.Unavailable(
          "too many mails wait for the DNS already", queries.isSilent(question.organisation()));
    }
    try (ServerWaits.Wait waiting = wait.get()) {
      KeyAnswer answer = question.await(patience.left());
      if (question.isSilent()) {
        waiting.endInVain();
      }
      return answer;
    }
  }

  private KeyAnswer queried(Name name) {
    // Another query may have ended since the caller looked.
    return kept(name).orElseGet(() -> query(name));
  }

  private DnsKeys.Fresh fresh(Name name) {
    try {
      return query.apply(name);
    } catch (RuntimeException e) {
      return DnsKeys.failed(e);
    }
  }

  /**
   * Asks the DNS and caches the result. If there is no answer, a key found within the last day is
   * served stale until the next try. Any other answer replaces the cached one; if it holds no key,
   * the cached key was revoked and is dropped at once.
   */
  private KeyAnswer query(Name name) {
    DnsKeys.Fresh fresh = fresh(name);
    Instant now = clock.instant();
    Instant until = now.plus(fresh.validity());
    Optional<Kept> before =
        fresh.answer() instanceof KeyAnswer.Unavailable ? foundBefore(name) : Optional.empty();
    Kept next =
        before
            .map(kept -> new Kept(kept.answer(), kept.given(), until))
            .orElseGet(() -> new Kept(fresh.answer(), now, until));
    if (next.answer() instanceof KeyAnswer.Found) {
      found.put(name, next);
      others.invalidate(name);
    } else {
      others.put(name, next);
      if (!(next.answer() instanceof KeyAnswer.Unavailable)) {
        // The DNS answered without a key: the cached key was revoked.
        found.invalidate(name);
      }
    }
    return next.answer();
  }

  /** The last key that was found, if it is at most a day old and so may be served stale. */
  private Optional<Kept> foundBefore(Name name) {
    return Optional.ofNullable(found.getIfPresent(name))
        .filter(kept -> clock.instant().isBefore(kept.given().plus(LONGEST_USE)));
  }

  @Override
  public void close() {
    queries.close();
  }
}
