// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.figures.history;

import static java.util.Objects.requireNonNull;

import io.tlsrpt.figures.Contribution;
import io.tlsrpt.figures.FailureKind;
import io.tlsrpt.report.DomainName;
import java.time.Instant;
import java.util.Optional;

/**
 * Which of the stored reports are asked for: those that meet all conditions.
 *
 * {@snippet :
 * ReportQuery.since(yesterday, 50).of(domain).by(reporter).failing();
 * }
 *
 * @param domain only contributions to this domain; empty for all domains
 * @param reporter only reports of this reporter; empty for all reporters
 * @param kind only contributions with a failure of this kind; empty for all contributions
 * @param receivedSince only reports received at this time or later
 * @param failingOnly only contributions with a failure
 * @param before only what comes after this position, the newest coming first; empty to begin with
 *     the newest
 * @param atMost how many, of which the newest are taken; at least 1
 */
public record ReportQuery(
    Optional<DomainName> domain,
    Optional<DomainName> reporter,
    Optional<FailureKind> kind,
    Instant receivedSince,
    boolean failingOnly,
    Optional<Position> before,
    int atMost) {
  public ReportQuery {
    requireNonNull(domain, "domain");
    requireNonNull(reporter, "reporter");
    requireNonNull(kind, "kind");
    requireNonNull(receivedSince, "receivedSince");
    requireNonNull(before, "before");
    if (atMost < 1) {
      throw new IllegalArgumentException("atMost is " + atMost);
    }
  }

  /** All reports received at a time or later. */
  public static ReportQuery since(Instant receivedSince, int atMost) {
    return new ReportQuery(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        receivedSince,
        false,
        Optional.empty(),
        atMost);
  }

  /** All reports. */
  public static ReportQuery newest(int atMost) {
    return since(Instant.EPOCH, atMost);
  }

  /** Of these, the contributions to one domain. */
  public ReportQuery of(DomainName one) {
    return new ReportQuery(
        Optional.of(one), reporter, kind, receivedSince, failingOnly, before, atMost);
  }

  /** Of these, the reports of one reporter. */
  public ReportQuery by(DomainName one) {
    return new ReportQuery(
        domain, Optional.of(one), kind, receivedSince, failingOnly, before, atMost);
  }

  /** Of these, the contributions with a failure of one kind. */
  public ReportQuery with(FailureKind one) {
    return new ReportQuery(
        domain, reporter, Optional.of(one), receivedSince, failingOnly, before, atMost);
  }

  /** Of these, the contributions with a failure. */
  public ReportQuery failing() {
    return new ReportQuery(domain, reporter, kind, receivedSince, true, before, atMost);
  }

  /** Of these, what comes after a position: the next page, if it is that of the last one read. */
  public ReportQuery before(Position last) {
    return new ReportQuery(
        domain, reporter, kind, receivedSince, failingOnly, Optional.of(last), atMost);
  }

  /** Whether a report meets all conditions. Databases are compared with this. */
  public boolean accepts(StoredReport report) {
    Contribution said = report.contribution();
    return domain.stream().allMatch(said.domain()::equals)
        && reporter.stream().allMatch(said.reporter()::equals)
        && kind.stream().allMatch(said.failures().kinds()::contains)
        && !said.receivedAt().isBefore(receivedSince)
        && (!failingOnly || said.headline().failed() > 0 || !said.failures().isZero())
        && before.stream()
            .allMatch(last -> Position.NEWEST_FIRST.compare(last, report.position()) < 0);
  }
}
