// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.report;

import com.fasterxml.jackson.core.JsonParser;
import io.tlsrpt.report.PolicyReader.StatedPolicy;
import java.io.IOException;
import java.util.Optional;

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
    Optional<Summary> summary = Optional.empty();
    ReportedFailures failures = ReportedFailures.NONE;
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
    Summary counts = summary.isPresent() ? summary.get() : fromDetails(failures);
    return Optional.of(new PolicyResult(usable.get(), counts, failures));
  }

  private Summary fromDetails(ReportedFailures failures) {
    deviations.add(Deviation.SUMMARY_MISSING);
    return new Summary(0, failures.sum());
  }

  private Optional<Summary> summary() throws IOException {
    if (!values.isObject()) {
      return Optional.empty();
    }
    long successful = 0;
    long failure = 0;
    Members members = new Members(json, deviations);
    while (members.next()) {
      switch (members.current()) {
        case TOTAL_SUCCESSFUL_SESSION_COUNT -> successful = values.count();
        case TOTAL_FAILURE_SESSION_COUNT -> failure = values.count();
        default -> json.skipChildren();
      }
    }
    return Optional.of(new Summary(successful, failure));
  }
}
