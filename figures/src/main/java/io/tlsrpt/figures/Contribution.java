// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.figures;

import static java.util.Objects.requireNonNull;

import io.tlsrpt.report.DateRange;
import io.tlsrpt.report.DetailSelection;
import io.tlsrpt.report.DomainName;
import io.tlsrpt.report.FailureDetails;
import io.tlsrpt.report.MtaStsMode;
import io.tlsrpt.report.PolicyResult;
import io.tlsrpt.report.ReportLimits;
import io.tlsrpt.report.ResultType;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * What one report adds to the figures of one domain. Successes, failures and failures by kind are
 * independent families: nothing of one corrects another (RFC 8460 §4).
 *
 * @param headline sessions of all policies, without doubling those seen both as sts and as tlsa
 * @param byPolicyKind sessions as reported
 * @param failures failed sessions by kind; what no detail explains is {@code unspecified}
 * @param mode the last readable MTA-STS mode among the entries
 * @param details of the failures: all that the report has, if they are few
 */
public record Contribution(
    DomainName reporter,
    Instant receivedAt,
    DateRange dateRange,
    DomainName domain,
    SessionCounts headline,
    Map<PolicyKind, SessionCounts> byPolicyKind,
    FailureCounts failures,
    MtaStsMode mode,
    List<FailureDetails> details) {
  private static final Interner<LocalDate> DAYS = new Interner<>();

  public Contribution {
    reporter = Interner.REPORTERS.of(requireNonNull(reporter, "reporter"));
    // Milliseconds, the resolution of the database, so that a value read back equals the original.
    receivedAt = receivedAt.truncatedTo(ChronoUnit.MILLIS);
    dateRange =
        new DateRange(
            dateRange.startDatetime().truncatedTo(ChronoUnit.MILLIS),
            dateRange.endDatetime().truncatedTo(ChronoUnit.MILLIS));
    requireNonNull(domain, "domain");
    requireNonNull(headline, "headline");
    byPolicyKind = EnumMaps.copyOf(PolicyKind.class, byPolicyKind);
    requireNonNull(failures, "failures");
    requireNonNull(mode, "mode");
    details = List.copyOf(details);
  }

  /**
   * Adds up the entries that speak of one domain.
   *
   * @param entries of {@code received}, at least one
   */
  public static Contribution of(
      ReceivedReport received, DomainName domain, List<PolicyResult> entries) {
    EnumMap<PolicyKind, SessionCounts> byPolicyKind = new EnumMap<>(PolicyKind.class);
    EnumMap<FailureKind, Long> failures = new EnumMap<>(FailureKind.class);
    List<FailureDetails> details = new ArrayList<>();
    MtaStsMode mode = MtaStsMode.UNKNOWN;
    for (PolicyResult entry : entries) {
      byPolicyKind.merge(
          PolicyKind.of(entry.policy().policyType()), counts(entry), SessionCounts::plus);
      for (Map.Entry<ResultType, Long> of : entry.failures().sessions().entrySet()) {
        failures.merge(FailureKind.of(of.getKey()), of.getValue(), Long::sum);
      }
      details.addAll(entry.failures().kept());
      MtaStsMode stated = entry.policy().mode();
      if (stated != MtaStsMode.UNKNOWN) {
        mode = stated;
      }
    }
    SessionCounts headline = headline(byPolicyKind);
    // Failed sessions of the summary that no detail explains become unspecified.
    long explained = FailureCounts.of(failures).sum();
    failures.put(FailureKind.UNSPECIFIED, Math.max(0, headline.failed() - explained));
    return new Contribution(
        received.reporter(),
        received.receivedAt(),
        received.range(),
        domain,
        headline,
        byPolicyKind,
        FailureCounts.of(failures),
        mode,
        DetailSelection.of(details, DetailSelection.ROOM));
  }

  /**
   * Whether every count is at most {@link ReportLimits#MAX_COUNT}, added up over the entries too.
   */
  public boolean isPlausible() {
    LongStream sessions = byPolicyKind.values().stream().mapToLong(SessionCounts::total);
    LongStream all = LongStream.concat(sessions, LongStream.of(headline.total(), failures.sum()));
    return all.allMatch(count -> count <= ReportLimits.MAX_COUNT);
  }

  /** The UTC day its sessions are attributed to. */
  public LocalDate day() {
    return DAYS.of(dateRange.day());
  }

  /**
   * Whether the report's range is the day of receipt, which stands in for a range that is missing
   * or absurd.
   */
  public boolean hasRangeOfReceipt() {
    return dateRange.equals(ReceivedReport.dayOf(receivedAt));
  }

  boolean hasSessions() {
    return headline.total() > 0 || !failures.isZero();
  }

  /**
   * The receiving MX hosts at which sessions failed in this way, at most {@link
   * DetailSelection#MAX_HOSTS}.
   */
  Set<String> receivingMx(FailureKind kind) {
    return details.stream()
        .filter(one -> FailureKind.of(one.resultType()) == kind && one.failedSessionCount() > 0)
        .flatMap(one -> one.receivingMx().stream())
        .distinct()
        .limit(DetailSelection.MAX_HOSTS)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private static SessionCounts counts(PolicyResult entry) {
    return new SessionCounts(
        entry.summary().totalSuccessfulSessionCount(), entry.summary().totalFailureSessionCount());
  }

  /**
   * Sessions under {@code sts} and under {@code tlsa} may be the same sessions seen twice (RFC 8460
   * §4): of the two the larger total counts, and the larger failure count, so that a second view
   * can neither double sessions nor hide failures. Other types are added.
   */
  private static SessionCounts headline(Map<PolicyKind, SessionCounts> byPolicyKind) {
    // RATIONALE: Headline sessions of sts and tlsa
    SessionCounts sts = byPolicyKind.getOrDefault(PolicyKind.STS, SessionCounts.NONE);
    SessionCounts tlsa = byPolicyKind.getOrDefault(PolicyKind.TLSA, SessionCounts.NONE);
    long failed = Math.max(sts.failed(), tlsa.failed());
    long total = Math.max(sts.total(), tlsa.total());
    return new SessionCounts(total - failed, failed)
        .plus(byPolicyKind.getOrDefault(PolicyKind.NO_POLICY_FOUND, SessionCounts.NONE))
        .plus(byPolicyKind.getOrDefault(PolicyKind.OTHER, SessionCounts.NONE));
  }
}
