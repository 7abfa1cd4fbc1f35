// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store;

import io.tlsrpt.report.DateRange;
import io.tlsrpt.store.PlainReport.Entry;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A model of the store: a list that is searched from its beginning. */
final class PlainStore {
  private final List<Known> known = new ArrayList<>();
  private final Map<String, PlainDomain> domains = new TreeMap<>();
  private final List<PlainReport> purged = new ArrayList<>();

  private record Known(PlainReport report, Instant receipt) {}

  /** Reporter, id, range and all domains; without an id, the whole content. */
  private record Identity(
      String reporter,
      Optional<String> id,
      Optional<DateRange> range,
      Set<String> domains,
      List<Entry> entriesWithoutId) {
    static Identity of(PlainReport report) {
      return new Identity(
          report.reporter(),
          report.id(),
          report.range(),
          report.entries().stream().map(Entry::domain).collect(Collectors.toSet()),
          report.id().isPresent() ? List.of() : report.entries());
    }
  }

  StoreOutcome accept(PlainReport report, Instant receipt, Instant clock) {
    for (Known one : known) {
      if (Identity.of(one.report()).equals(Identity.of(report))) {
        return new StoreOutcome.AlreadyStored(saysTheSame(one.report(), report));
      }
    }
    for (PlainReport one : purged) {
      if (Identity.of(one).equals(Identity.of(report))) {
        return new StoreOutcome.AlreadyStored(true);
      }
    }
    boolean contentKnown = known.stream().anyMatch(one -> saysTheSame(one.report(), report));
    known.add(new Known(report, receipt));
    report.entries().stream()
        .map(Entry::domain)
        .distinct()
        .filter(domain -> !domain.equals(PlainReport.FOREIGN))
        .forEach(
            domain ->
                domains
                    .computeIfAbsent(domain, PlainDomain::new)
                    .accept(PlainContribution.of(report, receipt, domain), clock));
    return new StoreOutcome.Stored(contentKnown);
  }

  private static boolean saysTheSame(PlainReport one, PlainReport other) {
    return one.withId("").equals(other.withId(""));
  }

  /** Deletes reports. What they added stays, and so does the knowledge that they were counted. */
  int deleteReports(Instant receivedBefore) {
    int before = known.size();
    known.stream()
        .filter(one -> one.receipt().isBefore(receivedBefore))
        .map(Known::report)
        .forEach(purged::add);
    known.removeIf(one -> one.receipt().isBefore(receivedBefore));
    return before - known.size();
  }

  /**
   * Forgets domains not ours, domains by pattern silent for 35 days, and old failures and
   * reporters.
   */
  void forget(Instant before, Instant now) {
    domains
        .entrySet()
        .removeIf(
            domain ->
                switch (standing(domain.getKey())) {
                  case NAMED -> false;
                  case UNLISTED ->
                      !domain.getValue().lastReceipt().isAfter(now.minus(PlainDomain.SILENCE));
                  case NOT_OURS -> !domain.getValue().lastReceipt().isAfter(before);
                });
    LocalDate day = LocalDate.ofInstant(before, ZoneOffset.UTC);
    for (PlainDomain domain : domains.values()) {
      domain.forgetReportersBefore(before);
      domain.forgetFailuresBefore(day);
    }
  }

  /** The standing that domains have in these histories. */
  static DomainStanding standing(String domain) {
    return switch (domain) {
      case "b.example" -> DomainStanding.UNLISTED;
      case "c.example" -> DomainStanding.NOT_OURS;
      default -> DomainStanding.NAMED;
    };
  }

  /** The domains of which a report has been accepted. */
  Set<String> domains() {
    return Set.copyOf(domains.keySet());
  }

  PlainDomain domain(String name) {
    PlainDomain known = domains.get(name);
    return known == null ? new PlainDomain(name) : known;
  }
}
