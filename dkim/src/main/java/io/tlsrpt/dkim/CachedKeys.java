// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.dkim;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import io.tlsrpt.dns.LookupDeadline;
import io.tlsrpt.dns.OrganisationalDomain;
import io.tlsrpt.dns.SpoolerBulkhead;
import io.tlsrpt.dns.WaitingThread;
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

  private final Function<Name, DnsKeys.TimedAnswer> query;
  private final KnownKeys known;
  private final InstantSource clock;
  private final Cache<Name, CachedAnswer> found =
      CacheBuilder.newBuilder()
          .maximumWeight(MAX_CACHED_BYTES)
          .weigher(CachedAnswer::weight)
          .expireAfterWrite(LONGEST_USE)
          .build();

  /**
   * Answers without a key. They have a cache of their own: anybody can make us ask for names that
   * do not exist, which must not push out keys.
   */
  private final Cache<Name, CachedAnswer> others =
      CacheBuilder.newBuilder().maximumSize(MAX_OTHERS).build();

  private final InFlightQueries queries;

  /**
   * Known and other keys have separate limits, so that mails of strangers, however many, cannot
   * keep a mail from waiting for a reporter's key.
   */
  private final SpoolerBulkhead bulkheadOfKnown = new SpoolerBulkhead();

  private final SpoolerBulkhead bulkheadOfOthers = new SpoolerBulkhead();

  /**
   * Keys to be found by a query.
   *
   * @param known keys that were good before; keys that turn out good are added
   * @param answered called with each name whose question has ended, with an answer or without
   */
  CachedKeys(
      Function<Name, DnsKeys.TimedAnswer> query,
      KnownKeys known,
      InstantSource clock,
      Consumer<String> answered) {
    this.query = query;
    this.known = known;
    this.clock = clock;
    this.queries = new InFlightQueries(this::queried, name -> answered.accept(asText(name)));
  }

  /**
   * An answer, as it is remembered.
   *
   * @param answeredAt when the DNS gave it
   * @param refreshAt when the DNS is to be asked again
   */
  private record CachedAnswer(KeyAnswer answer, Instant answeredAt, Instant refreshAt) {
    /** About so many bytes of memory. */
    static int weight(Name name, CachedAnswer cached) {
      int keys =
          cached.answer() instanceof KeyAnswer.Found(List<KeyRecord> found)
              ? 4 * found.stream().mapToInt(key -> key.text().length()).sum()
              : 0;
      return 400 + name.length() + keys;
    }
  }

  @Override
  public KeyAnswer find(String selector, String domain, LookupDeadline deadline) {
    Name name;
    try {
      name = DnsKeys.name(selector, domain);
    } catch (TextParseException e) {
      return new KeyAnswer.Absent();
    }
    return cached(name).orElseGet(() -> askOrRemember(name, domain, deadline));
  }

  private KeyAnswer askOrRemember(Name name, String domain, LookupDeadline deadline) {
    KeyAnswer answer = ask(name, OrganisationalDomain.of(domain), deadline);
    return answer instanceof KeyAnswer.Unavailable
        ? foundBefore(name).map(CachedAnswer::answer).orElse(answer)
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

  private Optional<KeyAnswer> cached(Name name) {
    Instant now = clock.instant();
    return Stream.of(found, others)
        .flatMap(cache -> Optional.ofNullable(cache.getIfPresent(name)).stream())
        .filter(cached -> now.isBefore(cached.refreshAt()) && !isAhead(cached, now))
        .map(CachedAnswer::answer)
        .findFirst();
  }

  /** Whether the answer lies ahead: the clock was set back, so the answer's age is unknown. */
  private static boolean isAhead(CachedAnswer cached, Instant now) {
    return now.isBefore(cached.answeredAt());
  }

  private KeyAnswer ask(Name name, String organisation, LookupDeadline deadline) {
    boolean isKnown = known.get(asText(name)).isPresent();
    try {
      Question question = queries.ask(name, organisation, isKnown);
      return deadline.thread() == WaitingThread.SPOOLER
          ? awaitAsSpooler(question, deadline)
          : question.await(deadline.left());
    } catch (QuestionRefusedException e) {
      return KeyAnswer.Unavailable.unasked("the DNS was not asked: " + e.getMessage());
    }
  }

  /**
   * Waits on a thread of the spooler, if {@link SpoolerBulkhead} allows one more to wait. If the
   * name servers stay silent, the wait counts as in vain.
   */
  private KeyAnswer awaitAsSpooler(Question question, LookupDeadline deadline) {
    SpoolerBulkhead bulkhead = question.isKnown() ? bulkheadOfKnown : bulkheadOfOthers;
    Optional<SpoolerBulkhead.Wait> wait = bulkhead.begin(question.organisation());
    if (wait.isEmpty()) {
      return new KeyAnswer.Unavailable(
          "too many mails wait for the DNS already", queries.isSilent(question.organisation()));
    }
    try (SpoolerBulkhead.Wait waiting = wait.get()) {
      KeyAnswer answer = question.await(deadline.left());
      if (question.isSilent()) {
        waiting.endInVain();
      }
      return answer;
    }
  }

  private KeyAnswer queried(Name name) {
    // Another query may have ended since the caller looked.
    return cached(name).orElseGet(() -> query(name));
  }

  private DnsKeys.TimedAnswer askDns(Name name) {
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
    DnsKeys.TimedAnswer timed = askDns(name);
    Instant now = clock.instant();
    Instant refreshAt = now.plus(timed.validity());
    Optional<CachedAnswer> before =
        timed.answer() instanceof KeyAnswer.Unavailable ? foundBefore(name) : Optional.empty();
    CachedAnswer next =
        before
            .map(cached -> new CachedAnswer(cached.answer(), cached.answeredAt(), refreshAt))
            .orElseGet(() -> new CachedAnswer(timed.answer(), now, refreshAt));
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
  private Optional<CachedAnswer> foundBefore(Name name) {
    return Optional.ofNullable(found.getIfPresent(name))
        .filter(cached -> clock.instant().isBefore(cached.answeredAt().plus(LONGEST_USE)));
  }

  @Override
  public void close() {
    queries.close();
  }
}
