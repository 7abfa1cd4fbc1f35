// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store;

import static java.util.stream.Collectors.toCollection;

import io.tlsrpt.figures.FailureKind;
import io.tlsrpt.figures.PolicyKind;
import io.tlsrpt.figures.SessionCounts;
import io.tlsrpt.report.DateRange;
import io.tlsrpt.report.MtaStsMode;
import io.tlsrpt.store.PlainReport.Detail;
import io.tlsrpt.store.PlainReport.Entry;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What one report says of one domain. Every figure is computed from the entries when it is asked.
 *
 * @param failures the kinds that count more than 0
 */
record PlainContribution(
    String reporter,
    Instant receipt,
    LocalDate day,
    Instant start,
    Instant end,
    Map<PolicyKind, SessionCounts> sessions,
    SessionCounts headline,
    Map<FailureKind, Long> failures,
    Map<FailureKind, Set<String>> hosts,
    MtaStsMode mode) {

  static PlainContribution of(PlainReport report, Instant receipt, String domain) {
    List<Entry> entries =
        report.entries().stream().filter(entry -> entry.domain().equals(domain)).toList();
    DateRange range =
        report
            .range()
            .filter(stated -> isCredible(stated, receipt))
            .orElseGet(() -> dayOf(receipt));
    Map<PolicyKind, SessionCounts> sessions = new EnumMap<>(PolicyKind.class);
    entries.forEach(entry -> sessions.put(policy(entry), sessions(entries, policy(entry))));
    SessionCounts headline = headline(entries);
    Map<FailureKind, Long> failures = new EnumMap<>(FailureKind.class);
    Map<FailureKind, Set<String>> hosts = new EnumMap<>(FailureKind.class);
    for (FailureKind kind : FailureKind.values()) {
      long failed = failures(entries, headline.failed(), kind);
      if (failed > 0) {
        failures.put(kind, failed);
        hosts.put(kind, hosts(entries, kind));
      }
    }
    return new PlainContribution(
        report.reporter(),
        receipt,
        LocalDate.ofInstant(range.startDatetime(), ZoneOffset.UTC),
        range.startDatetime(),
        range.endDatetime(),
        sessions,
        headline,
        failures,
        hosts,
        mode(entries));
  }

  private static boolean isCredible(DateRange range, Instant receipt) {
    Instant start = range.startDatetime();
    Instant end = range.endDatetime();
    return !end.isBefore(start)
        && Duration.between(start, end).compareTo(Duration.ofDays(32)) <= 0
        && Duration.between(receipt, start).compareTo(Duration.ofDays(1)) <= 0;
  }

  /** Whether its range is the day of its receipt. A report that states no range looks like that. */
  boolean hasRangeOfReceipt() {
    DateRange substitute = dayOf(receipt);
    return end.equals(substitute.endDatetime()) && start.equals(substitute.startDatetime());
  }

  private static DateRange dayOf(Instant receipt) {
    Instant midnight = receipt.truncatedTo(ChronoUnit.DAYS);
    return new DateRange(midnight, midnight.plus(Duration.ofDays(1)).minusSeconds(1));
  }

  SessionCounts sessions(PolicyKind policy) {
    return sessions.getOrDefault(policy, SessionCounts.NONE);
  }

  long failures(FailureKind kind) {
    return failures.getOrDefault(kind, 0L);
  }

  Set<String> hosts(FailureKind kind) {
    return hosts.getOrDefault(kind, Set.of());
  }

  boolean hasFailures() {
    return headline.failed() > 0 || !failures.isEmpty();
  }

  boolean hasSessions() {
    return headline.total() > 0 || hasFailures();
  }

  private static SessionCounts sessions(List<Entry> entries, PolicyKind policy) {
    List<Entry> all = entries.stream().filter(entry -> policy(entry) == policy).toList();
    return new SessionCounts(
        all.stream().mapToLong(Entry::successful).sum(),
        all.stream().mapToLong(Entry::failed).sum());
  }

  /** The larger total and the larger failure count of sts and tlsa, plus the other sessions. */
  private static SessionCounts headline(List<Entry> entries) {
    SessionCounts sts = sessions(entries, PolicyKind.STS);
    SessionCounts tlsa = sessions(entries, PolicyKind.TLSA);
    SessionCounts none = sessions(entries, PolicyKind.NO_POLICY_FOUND);
    SessionCounts other = sessions(entries, PolicyKind.OTHER);
    long failed = Math.max(sts.failed(), tlsa.failed());
    long successful = Math.max(sts.total(), tlsa.total()) - failed;
    return new SessionCounts(
        successful + none.successful() + other.successful(),
        failed + none.failed() + other.failed());
  }

  private static long failures(List<Entry> entries, long failed, FailureKind kind) {
    return kind == FailureKind.UNSPECIFIED
        ? Math.max(0, failed - details(entries).mapToLong(Detail::sessions).sum())
        : details(entries).filter(detail -> kind(detail) == kind).mapToLong(Detail::sessions).sum();
  }

  /** The hosts at which sessions failed in this way. */
  private static Set<String> hosts(List<Entry> entries, FailureKind kind) {
    return details(entries)
        .filter(detail -> kind(detail) == kind && detail.sessions() > 0)
        .map(detail -> detail.host().toLowerCase(Locale.ROOT).replaceFirst("\\.$", ""))
        .filter(host -> !host.isEmpty())
        .collect(toCollection(LinkedHashSet::new));
  }

  /** The last mode that an entry states. */
  private static MtaStsMode mode(List<Entry> entries) {
    return entries.reversed().stream()
        .filter(entry -> policy(entry) == PolicyKind.STS && !entry.mode().isEmpty())
        .map(entry -> MtaStsMode.valueOf(entry.mode().toUpperCase(Locale.ROOT)))
        .findFirst()
        .orElse(MtaStsMode.UNKNOWN);
  }

  private static Stream<Detail> details(List<Entry> entries) {
    return entries.stream().flatMap(entry -> entry.details().stream());
  }

  private static PolicyKind policy(Entry entry) {
    return switch (entry.policy()) {
      case "sts" -> PolicyKind.STS;
      case "tlsa" -> PolicyKind.TLSA;
      case "no-policy-found" -> PolicyKind.NO_POLICY_FOUND;
      default -> PolicyKind.OTHER;
    };
  }

  private static FailureKind kind(Detail detail) {
    return switch (detail.type()) {
      case "starttls-not-supported" -> FailureKind.STARTTLS_NOT_SUPPORTED;
      case "certificate-expired" -> FailureKind.CERTIFICATE_EXPIRED;
      case "tlsa-invalid" -> FailureKind.TLSA_INVALID;
      default -> FailureKind.OTHER;
    };
  }
}
