// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.figures;

import static java.util.Objects.requireNonNull;

import io.tlsrpt.report.DetailSelection;
import io.tlsrpt.report.DomainName;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/**
 * What is remembered of one kind of failure of one domain, beside its count.
 *
 * @param firstSeen the first failing day
 * @param lastSeen the latest failing day
 * @param incident the present incident, or the last one; a failure that was only ever reported late
 *     has none
 * @param reporters who reported it since that incident began, in order of appearance, at most 200
 * @param receivingMx host names that failed since that incident began, at most 20
 */
public record FailureState(
    LocalDate firstSeen,
    LocalDate lastSeen,
    Optional<Incident> incident,
    List<DomainName> reporters,
    List<String> receivingMx) {
  private static final int MAX_REPORTERS = 200;

  public FailureState {
    requireNonNull(firstSeen, "firstSeen");
    requireNonNull(lastSeen, "lastSeen");
    requireNonNull(incident, "incident");
    reporters = List.copyOf(reporters);
    receivingMx = List.copyOf(receivingMx);
  }

  static FailureState of(LocalDate day) {
    return new FailureState(day, day, Optional.empty(), List.of(), List.of());
  }

  /** The state after a report with this failure; the incident is unchanged. */
  FailureState plus(LocalDate day, DomainName reporter, Collection<String> hosts) {
    return new FailureState(
        day.isBefore(firstSeen) ? day : firstSeen,
        day.isAfter(lastSeen) ? day : lastSeen,
        incident,
        added(reporters, List.of(reporter), MAX_REPORTERS),
        added(receivingMx, hosts, DetailSelection.MAX_HOSTS));
  }

  /** The days on which it was seen, without its incident and who saw it. */
  FailureState daysOnly() {
    return new FailureState(firstSeen, lastSeen, Optional.empty(), List.of(), List.of());
  }

  /** The state with the days on which another database saw it. */
  FailureState withDaysOf(FailureState other) {
    return new FailureState(
        other.firstSeen.isBefore(firstSeen) ? other.firstSeen : firstSeen,
        other.lastSeen.isAfter(lastSeen) ? other.lastSeen : lastSeen,
        incident,
        reporters,
        receivingMx);
  }

  /** The incident, present or new, with one more failing day. */
  Incident spellWith(LocalDate day) {
    return incident.map(present -> present.plus(day)).orElseGet(() -> Incident.of(day));
  }

  /** The latest failing day of the incident; without an incident, the latest failing day of all. */
  LocalDate lastFailingDay() {
    return incident.map(Incident::lastDay).orElse(lastSeen);
  }

  FailureState withSpell(Incident next) {
    return new FailureState(firstSeen, lastSeen, Optional.of(next), reporters, receivingMx);
  }

  /** A new incident begins: who saw the last one is forgotten. */
  FailureState restarted() {
    return daysOnly();
  }

  FailureState correctedFor(Instant clock) {
    return new FailureState(
        ReceiptClock.believed(firstSeen, clock),
        ReceiptClock.believed(lastSeen, clock),
        incident.map(present -> present.correctedFor(clock)),
        reporters,
        receivingMx);
  }

  private static <T> List<T> added(List<T> known, Collection<T> more, int atMost) {
    if (known.size() >= atMost || known.containsAll(more)) {
      return known;
    }
    LinkedHashSet<T> all = new LinkedHashSet<>(known);
    all.addAll(more);
    return all.stream().limit(atMost).toList();
  }
}
