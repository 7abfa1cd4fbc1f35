// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store;

import io.tlsrpt.report.DateRange;
import io.tlsrpt.store.PlainReport.Entry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What a store promises, as a list that is searched from its beginning. */
final class PlainStore {
  private final List<Known> known = new ArrayList<>();
  private final Map<String, PlainDomain> domains = new TreeMap<>();

  private record Known(PlainReport report, Instant receipt) {}

  /** Reporter, id, range and domains, ours or not; all that it says if it has no id. */
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

  StoreOutcome accept(PlainReport report, Instant receipt) {
    for (Known one : known) {
      if (Identity.of(one.report()).equals(Identity.of(report))) {
        return new StoreOutcome.AlreadyStored(saysTheSame(one.report(), report));
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
                    .accept(PlainContribution.of(report, receipt, domain)));
    return new StoreOutcome.Stored(contentKnown);
  }

  private static boolean saysTheSame(PlainReport one, PlainReport other) {
    return one.withId("").equals(other.withId(""));
  }

  /** Reports leave; what they added stays. */
  int deleteReports(Instant receivedBefore) {
    int before = known.size();
    known.removeIf(one -> one.receipt().isBefore(receivedBefore));
    return before - known.size();
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
