// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.report.parser;

import com.fasterxml.jackson.core.JsonParser;
import io.tlsrpt.report.Deviation;
import io.tlsrpt.report.Deviations;
import io.tlsrpt.report.FailureAdder;
import io.tlsrpt.report.Policy;
import io.tlsrpt.report.PolicyResult;
import io.tlsrpt.report.ReadingBudget;
import io.tlsrpt.report.ReportedFailures;
import io.tlsrpt.report.parser.PolicyReader.StatedPolicy;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Reads the elements of one report's {@code policies}, one by one where the token stream stands.
 */
final class EntryReader {
  private final JsonParser json;
  private final ReadingBudget budget;
  private final Deviations.Counter deviations;
  private final JsonValues values;
  private final PolicyReader policies;
  private final DetailsReader details;
  private int seen;
  private int domainsRefused;

  EntryReader(
      JsonParser json, ReadingBudget budget, Deviations.Counter deviations, JsonValues values) {
    this.json = json;
    this.budget = budget;
    this.deviations = deviations;
    this.values = values;
    this.policies = new PolicyReader(json, deviations, values);
    this.details = new DetailsReader(json, budget, deviations, values);
  }

  /** How many there were, usable or not. */
  int seen() {
    return seen;
  }

  /** How many are unusable since their policy-domain is no host name. */
  int domainsRefused() {
    return domainsRefused;
  }

  /** Empty for an unusable entry: the other entries of the report still count. */
  Optional<PolicyResult> read() throws IOException {
    budget.takePolicy(json);
    seen++;
    if (!values.isObject()) {
      deviations.add(Deviation.ENTRY_UNUSABLE);
      return Optional.empty();
    }
    Optional<StatedPolicy> policy = Optional.empty();
    Optional<StatedSummary> summary = Optional.empty();
    FailureAdder failures = new FailureAdder();
    Members members = new Members(json, deviations);
    while (members.next()) {
      switch (members.current()) {
        case POLICY -> policy = policies.read();
        case SUMMARY -> summary = summary();
        case FAILURE_DETAILS -> failures = details.read();
        default -> json.skipChildren();
      }
    }
    if (policy.isEmpty()) {
      deviations.add(Deviation.ENTRY_UNUSABLE);
      return Optional.empty();
    }
    Optional<Policy> usable = policy.get().usable();
    if (usable.isEmpty()) {
      domainsRefused++;
      return Optional.empty();
    }
    return Optional.of(entry(usable.get(), summary, failures));
  }

  private PolicyResult entry(
      Policy policy, Optional<StatedSummary> summary, FailureAdder failureAdder) {
    StatedSummary stated = summary.orElse(StatedSummary.NOTHING);
    ReportedFailures failures = failureAdder.added(stated.failed(), budget);
    if (summary.isEmpty()) {
      deviations.add(Deviation.SUMMARY_MISSING);
    } else if (stated.lacksCount(failures)) {
      deviations.add(Deviation.COUNT_MISSING);
    } else if (stated.contradicts(failures)) {
      deviations.add(Deviation.COUNTS_CONTRADICT);
    }
    return new PolicyResult(policy, stated.filled(failures), failures);
  }

  private Optional<StatedSummary> summary() throws IOException {
    if (!values.isObject()) {
      return Optional.empty();
    }
    OptionalLong successful = OptionalLong.empty();
    OptionalLong failed = OptionalLong.empty();
    Members members = new Members(json, deviations);
    while (members.next()) {
      switch (members.current()) {
        case TOTAL_SUCCESSFUL_SESSION_COUNT -> successful = values.count();
        case TOTAL_FAILURE_SESSION_COUNT -> failed = values.count();
        default -> json.skipChildren();
      }
    }
    return Optional.of(new StatedSummary(successful, failed));
  }
}
