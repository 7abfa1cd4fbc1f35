// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.checks;

import io.tlsrpt.checks.dns.Answer;
import io.tlsrpt.checks.dns.Questions;
import io.tlsrpt.checks.judgement.HostAnswers;
import io.tlsrpt.report.DomainName;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the DNS says of MX hosts, asked once for all domains whose MX host one is. Thread-safe; a
 * host that is being asked about is waited for.
 */
final class HostRecords {
  /**
   * How long the lack of an answer is kept. Thousands of domains may share a host whose name
   * servers are dead: if each look asked again, it would wait half a minute and no other domain
   * would have its turn.
   */
  private static final Duration SILENCE = Duration.ofMinutes(10);

  private final Questions questions;
  private final InstantSource clock;
  private final Map<DomainName, Entry> entries = new ConcurrentHashMap<>();

  HostRecords(Questions questions, InstantSource clock) {
    this.questions = questions;
    this.clock = clock;
  }

  private record Kept(HostAnswers answers, Instant at) {
    Duration keptFor(Duration maxAge) {
      return answers.unavailable().isPresent() && maxAge.compareTo(SILENCE) > 0 ? SILENCE : maxAge;
    }
  }

  /** What is known of one host; locked while it is asked about. */
  private static final class Entry {
    private Optional<Kept> kept = Optional.empty();
  }

  /** Asks, unless what is known is younger than that. */
  HostAnswers of(DomainName host, Duration maxAge) {
    Entry entry = entries.computeIfAbsent(host, name -> new Entry());
    synchronized (entry) {
      Instant now = clock.instant();
      Kept known =
          entry
              .kept
              .filter(kept -> Ages.isRecent(kept.at(), kept.keptFor(maxAge), now))
              .orElseGet(() -> new Kept(ask(host), clock.instant()));
      entry.kept = Optional.of(known);
      return known.answers();
    }
  }

  private HostAnswers ask(DomainName host) {
    Answer<InetAddress> addresses = questions.addresses(host);
    return new HostAnswers(host, addresses, questions.tlsa(host, addresses));
  }

  /** Forgets these, so that the next look asks again. */
  void forget(Collection<DomainName> hosts) {
    hosts.forEach(entries::remove);
  }

  /** Forgets all other hosts. */
  void retain(Set<DomainName> hosts) {
    entries.keySet().retainAll(hosts);
  }
}
