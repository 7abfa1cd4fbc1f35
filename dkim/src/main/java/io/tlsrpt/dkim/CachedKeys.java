// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.dkim;

import io.tlsrpt.dns.AnswerCache;
import io.tlsrpt.dns.CachedLookups;
import io.tlsrpt.dns.Line;
import io.tlsrpt.dns.LookupDeadline;
import io.tlsrpt.dns.OrganisationalDomain;
import io.tlsrpt.dns.TimedAnswer;
import io.tlsrpt.report.DomainName;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.xbill.DNS.Name;
import org.xbill.DNS.TextParseException;

/**
 * A cache of the keys in the DNS, such that no mail waits for long. It serves stale keys (RFC
 * 8767): while the DNS gives no answer, a key that it gave within the last day is still used. Keys
 * of accepted reports are looked up in a line of their own.
 */
final class CachedKeys implements KeyLookup {
  private static final Duration LONGEST_USE = Duration.ofDays(1);

  private final KnownKeys known;
  private final CachedLookups<Name, KeyAnswer> lookups;

  /**
   * Keys to be found by a query.
   *
   * @param known keys that were good before; keys that turn out good are added
   * @param answered called with each name whose question has ended, with an answer or without
   */
  CachedKeys(
      Function<Name, TimedAnswer<KeyAnswer>> query,
      KnownKeys known,
      InstantSource clock,
      Consumer<String> answered) {
    this.known = known;
    this.lookups =
        new CachedLookups<>(
            name -> ask(query, name),
            new AnswerCache<>(new KeyAnswers(), KeyAnswers::bytes, LONGEST_USE, clock),
            name -> answered.accept(asText(name)));
  }

  private static TimedAnswer<KeyAnswer> ask(
      Function<Name, TimedAnswer<KeyAnswer>> query, Name name) {
    try {
      return query.apply(name);
    } catch (RuntimeException e) {
      return DnsKeys.failed(e);
    }
  }

  @Override
  public KeyAnswer find(String selector, DomainName domain, LookupDeadline deadline) {
    Name name;
    try {
      name = DnsKeys.name(selector, domain);
    } catch (TextParseException e) {
      return new KeyAnswer.Absent();
    }
    return lookups.find(name, () -> line(name, domain), deadline);
  }

  private Line line(Name name, DomainName domain) {
    return new Line(OrganisationalDomain.of(domain), known.get(asText(name)).isPresent());
  }

  @Override
  public Optional<KeyRecord> known(String selector, DomainName domain) {
    return text(selector, domain).flatMap(known::get).flatMap(key -> KeyRecord.of(key.record()));
  }

  @Override
  public void good(String selector, DomainName domain, KeyRecord key) {
    text(selector, domain)
        .ifPresent(name -> known.good(name, OrganisationalDomain.of(domain), key.text()));
  }

  @Override
  public String name(String selector, DomainName domain) {
    return text(selector, domain).orElse("");
  }

  private static Optional<String> text(String selector, DomainName domain) {
    try {
      return Optional.of(asText(DnsKeys.name(selector, domain)));
    } catch (TextParseException e) {
      return Optional.empty();
    }
  }

  private static String asText(Name name) {
    return name.toString(true).toLowerCase(Locale.ROOT);
  }

  @Override
  public void close() {
    lookups.close();
  }
}
