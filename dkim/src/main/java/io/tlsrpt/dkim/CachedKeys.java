// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.dkim;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
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
  private final KnownKeys known;
  private final InstantSource clock;
  private final Cache<Name, Kept> cache =
      CacheBuilder.newBuilder()
          .maximumWeight(MAX_CACHED_BYTES)
          .weigher(Kept::weight)
          .expireAfterWrite(LONGEST_USE)
          .build();
  private final Queries queries = new Queries(this::queried);
  private final Guesses guesses = new Guesses();

  /** Apart, so that no number of strangers keeps anybody from waiting for a reporter's key. */
  private final ServerWaits waitsForKnown = new ServerWaits();

  private final ServerWaits waitsForOthers = new ServerWaits();

  /**
   * Keys to be found by a query.
   *
   * @param known those that were good before, and that are told which are good from now on
   */
  CachedKeys(Function<Name, DnsKeys.Fresh> query, KnownKeys known, InstantSource clock) {
    this.query = query;
    this.known = known;
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
    String organisation = OrganisationalDomain.of(domain);
    boolean isKnown = known.get(asText(name)).isPresent();
    KeyAnswer answer = ask(new Queries.Question(name, organisation, isKnown), patience);
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

  private static Optional<String> text(String selector, String domain) {
    try {
      return Optional.of(asText(DnsKeys.name(selector, domain)));
    } catch (TextParseException e) {
      return Optional.empty();
    }
  }

  private Optional<KeyAnswer> kept(Name name) {
    return Optional.ofNullable(cache.getIfPresent(name))
        .filter(kept -> clock.instant().isBefore(kept.until()))
        .map(Kept::answer);
  }

  private KeyAnswer ask(Queries.Question question, Patience patience) {
    boolean ofServer = patience.caller() == Caller.SERVER;
    if (ofServer && isGuessed(question)) {
      return KeyAnswer.Unavailable.unasked(
          "a selector that is new, and others of "
              + question.organisation()
              + " did not exist a moment ago");
    }
    try {
      Future<KeyAnswer> answer = queries.ask(question);
      return ofServer ? waitAsServer(question, answer, patience) : wait(answer, patience);
    } catch (RejectedExecutionException e) {
      return KeyAnswer.Unavailable.unasked("no further question: " + e.getMessage());
    }
  }

  /** Not to be asked with the mail in hand: a reporter's key that is new can wait a moment. */
  private boolean isGuessed(Queries.Question question) {
    return !question.known()
        && known.knows(question.organisation())
        && guesses.areMany(question.organisation());
  }

  private KeyAnswer waitAsServer(
      Queries.Question question, Future<KeyAnswer> answer, Patience patience) {
    Optional<ServerWaits.Wait> wait =
        question.known()
            ? waitsForKnown.begin(asText(question.name()))
            : waitsForOthers.begin(question.organisation());
    if (wait.isEmpty()) {
      return KeyAnswer.Unavailable.unasked("others wait for the DNS already");
    }
    try (ServerWaits.Wait waiting = wait.get()) {
      KeyAnswer found = wait(answer, patience);
      if (!answer.isDone()) {
        waiting.endInVain();
      }
      return found;
    }
  }

  private static KeyAnswer wait(Future<KeyAnswer> answer, Patience patience) {
    try {
      return answer.get(patience.left(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      String why = "no answer within " + patience.inWords();
      return patience.caller() == Caller.FIRST_RETRY
          ? KeyAnswer.Unavailable.unasked(why)
          : KeyAnswer.Unavailable.unanswered(why);
    } catch (ExecutionException e) {
      return KeyAnswer.Unavailable.unanswered(String.valueOf(e.getCause()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return KeyAnswer.Unavailable.unasked("the server is stopping");
    }
  }

  private KeyAnswer queried(Queries.Question question) {
    // Another query may have ended since the caller looked.
    Optional<KeyAnswer> kept = kept(question.name());
    if (kept.isPresent()) {
      return kept.get();
    }
    KeyAnswer answer = query(question.name());
    if (answer instanceof KeyAnswer.Absent) {
      guesses.add(question.organisation());
    }
    return answer;
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
