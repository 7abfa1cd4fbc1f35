// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.checks.judgement;

import static java.util.Objects.requireNonNull;

import io.tlsrpt.report.DomainName;
import io.tlsrpt.report.MtaStsMode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What reports say of a domain, as far as a look needs it.
 *
 * @param lastReport when the newest report came
 * @param votedMode the policy mode by vote of the reporters
 * @param seenModes the mode that each reporter of the last 14 days saw on its newest day
 */
public record ReportedFacts(
    Optional<Instant> lastReport, MtaStsMode votedMode, Map<DomainName, MtaStsMode> seenModes) {
  /** No report has ever come. */
  public static final ReportedFacts NONE =
      new ReportedFacts(Optional.empty(), MtaStsMode.UNKNOWN, Map.of());

  public ReportedFacts {
    requireNonNull(lastReport, "lastReport");
    requireNonNull(votedMode, "votedMode");
    seenModes = Map.copyOf(seenModes);
  }

  /** The reporters that saw another mode, by name. */
  public List<DomainName> sawOtherThan(MtaStsMode mode) {
    return seenModes.entrySet().stream()
        .filter(seen -> seen.getValue() != mode && seen.getValue() != MtaStsMode.UNKNOWN)
        .map(Map.Entry::getKey)
        .sorted()
        .toList();
  }
}
