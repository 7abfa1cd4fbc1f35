// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.report;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * From JSON tokens straight to records: no tree, no second model. Takes what is written otherwise
 * than the RFC says and notes it as a {@link Deviation}; unknown members are passed over. One
 * object reads all reports of a body part.
 *
 * <p>On the way of a usual report there are no lambdas and no streams: at the first report after a
 * start each costs a class that has to be made.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8460#section-4.4">RFC 8460, 4.4</a>
 */
final class JsonReportReader {
  private static final LocalTime END_OF_DAY = LocalTime.of(23, 59, 59);

  private final JsonParser json;
  private final ReadingBudget budget;
  private final Deviations.Counter deviations;
  private final JsonValues values;
  private final PolicyStrings policyStrings;
  private int policiesSeen;
  private int domainsRefused;

  JsonReportReader(JsonParser json, ReadingBudget budget, Deviations.Counter deviations) {
    this.json = json;
    this.budget = budget;
    this.deviations = deviations;
    this.values = new JsonValues(json, budget, deviations);
    this.policyStrings = new PolicyStrings(values, deviations);
  }

  /** Reads the report that begins with the current token. */
  TlsReport read() throws IOException {
    if (json.currentToken() != JsonToken.START_OBJECT) {
      throw new UnreadableReportException(
          ParseResult.Reason.MALFORMED, "a report is a JSON object, this is not");
    }
    policiesSeen = 0;
    domainsRefused = 0;
    Optional<String> organizationName = Optional.empty();
    StatedRange range = StatedRange.NONE;
    Optional<String> contactInfo = Optional.empty();
    Optional<String> reportId = Optional.empty();
    List<PolicyResult> policies = List.of();
    Members members = new Members(json, deviations);
    while (members.next()) {
      switch (members.current()) {
        case ORGANIZATION_NAME -> organizationName = values.text();
        case DATE_RANGE -> range = dateRange();
        case CONTACT_INFO -> contactInfo = values.text();
        case REPORT_ID -> reportId = values.text();
        case POLICIES -> policies = policies();
        default -> json.skipChildren();
      }
    }
    checkUsable(policies);
    noteMissing(reportId, Deviation.REPORT_ID_MISSING);
    noteMissing(range.read(), Deviation.DATE_RANGE_UNREADABLE);
    return new TlsReport(
        organizationName, range.read(), range.asWritten(), contactInfo, reportId, policies);
  }

  private void checkUsable(List<PolicyResult> policies) throws IOException {
    if (policiesSeen == 0) {
      throw new UnreadableReportException(
          ParseResult.Reason.NO_POLICIES, "policies is missing or empty");
    }
    if (policies.isEmpty()) {
      throw domainsRefused > 0
          ? new UnreadableReportException(
              ParseResult.Reason.INVALID_DOMAIN, "no policy-domain is a host name")
          : new UnreadableReportException(
              ParseResult.Reason.MALFORMED, "no element of policies has a policy");
    }
  }

  private StatedRange dateRange() throws IOException {
    if (!isObject()) {
      return StatedRange.NONE;
    }
    Optional<String> start = Optional.empty();
    Optional<String> end = Optional.empty();
    Members members = new Members(json, deviations);
    while (members.next()) {
      switch (members.current()) {
        case START_DATETIME -> start = values.text();
        case END_DATETIME -> end = values.text();
        default -> json.skipChildren();
      }
    }
    return StatedRange.of(start, end, new DateTimes(deviations));
  }

  private List<PolicyResult> policies() throws IOException {
    List<PolicyResult> policies = new ArrayList<>();
    switch (json.currentToken()) {
      case START_ARRAY -> {
        while (json.nextToken() != JsonToken.END_ARRAY) {
          Optional<PolicyResult> entry = policyResult();
          if (entry.isPresent()) {
            policies.add(entry.get());
          }
        }
      }
      case START_OBJECT -> {
        deviations.add(Deviation.POLICIES_NOT_AN_ARRAY);
        policyResult().ifPresent(policies::add);
      }
      default -> deviations.add(Deviation.NULL_VALUE);
    }
    return policies;
  }

  /** Empty for an unusable entry: the other entries of the report still count. */
  private Optional<PolicyResult> policyResult() throws IOException {
    budget.takePolicy(json);
    policiesSeen++;
    if (!isObject()) {
      deviations.add(Deviation.ENTRY_UNUSABLE);
      return Optional.empty();
    }
    Optional<StatedPolicy> policy = Optional.empty();
    Optional<Summary> summary = Optional.empty();
    ReportedFailures failures = ReportedFailures.NONE;
    Members members = new Members(json, deviations);
    while (members.next()) {
      switch (members.current()) {
        case POLICY -> policy = policy();
        case SUMMARY -> summary = summary();
        case FAILURE_DETAILS -> failures = failureDetails();
        default -> json.skipChildren();
      }
    }
    noteMissing(policy, Deviation.ENTRY_UNUSABLE);
    Summary counts = summary.isPresent() ? summary.get() : fromDetails(failures);
    Optional<Policy> usable = policy.isPresent() ? policy.get().usable() : Optional.empty();
    return usable.isPresent()
        ? Optional.of(new PolicyResult(usable.get(), counts, failures))
        : Optional.empty();
  }

  private Summary fromDetails(ReportedFailures failures) {
    deviations.add(Deviation.SUMMARY_MISSING);
    return new Summary(0, failures.sum());
  }

  private Optional<StatedPolicy> policy() throws IOException {
    if (!isObject()) {
      return Optional.empty();
    }
    Optional<String> policyType = Optional.empty();
    List<String> policyString = List.of();
    Optional<String> policyDomain = Optional.empty();
    List<String> mxHost = List.of();
    Members members = new Members(json, deviations);
    while (members.next()) {
      switch (members.current()) {
        case POLICY_TYPE -> policyType = values.text();
        case POLICY_STRING -> policyString = policyStrings.read(json);
        case POLICY_DOMAIN -> policyDomain = values.text();
        case MX_HOST -> mxHost = values.texts(Deviation.MX_HOST_NOT_AN_ARRAY);
        default -> json.skipChildren();
      }
    }
    noteMissing(policyDomain, Deviation.POLICY_DOMAIN_MISSING);
    Optional<PolicyDomain> domain =
        policyDomain.isPresent() ? PolicyDomain.parse(policyDomain.get()) : Optional.empty();
    if (policyDomain.isPresent() && domain.isEmpty()) {
      domainsRefused++;
      deviations.add(Deviation.POLICY_DOMAIN_INVALID);
      return Optional.of(new StatedPolicy(Optional.empty()));
    }
    noteForm(policyDomain, domain);
    PolicyType type = policyType(policyType);
    Policy policy = new Policy(type, policyStrings.unwrapped(policyString), domain, mxHost);
    if (policy.statesModeInOtherForm()) {
      deviations.add(Deviation.POLICY_STRING_FORM);
    }
    return Optional.of(new StatedPolicy(Optional.of(policy)));
  }

  private void noteForm(Optional<String> written, Optional<PolicyDomain> domain) {
    if (domain.isPresent() && !domain.get().value().equals(written.orElse(""))) {
      deviations.add(Deviation.POLICY_DOMAIN_FORM);
    }
  }

  private PolicyType policyType(Optional<String> written) {
    PolicyType type = new PolicyType(written.orElse(""));
    if (!type.isKnown()) {
      deviations.add(Deviation.POLICY_TYPE_UNKNOWN);
    } else if (!type.value().equals(written.orElse(""))) {
      deviations.add(Deviation.TYPE_CASE);
    }
    return type;
  }

  private Optional<Summary> summary() throws IOException {
    if (!isObject()) {
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

  private ReportedFailures failureDetails() throws IOException {
    FailureAdder failures = new FailureAdder();
    switch (json.currentToken()) {
      case START_ARRAY -> {
        while (json.nextToken() != JsonToken.END_ARRAY) {
          addFailureDetail(failures);
        }
      }
      case START_OBJECT -> {
        deviations.add(Deviation.FAILURE_DETAILS_NOT_AN_ARRAY);
        addFailureDetail(failures);
      }
      default -> deviations.add(Deviation.NULL_VALUE);
    }
    return failures.added(budget);
  }

  private void addFailureDetail(FailureAdder failures) throws IOException {
    Optional<FailureDetails> detail = failureDetail();
    if (detail.isPresent()) {
      failures.add(detail.get());
    }
  }

  private Optional<FailureDetails> failureDetail() throws IOException {
    budget.takeFailureDetail(json);
    if (!isObject()) {
      deviations.add(Deviation.DETAIL_UNUSABLE);
      return Optional.empty();
    }
    Optional<String> resultType = Optional.empty();
    Optional<String> sendingMtaIp = Optional.empty();
    Optional<String> receivingMxHostname = Optional.empty();
    Optional<String> receivingMxHelo = Optional.empty();
    Optional<String> receivingIp = Optional.empty();
    long failedSessionCount = 0;
    Optional<String> additionalInformation = Optional.empty();
    Optional<String> failureReasonCode = Optional.empty();
    Members members = new Members(json, deviations);
    while (members.next()) {
      switch (members.current()) {
        case RESULT_TYPE -> resultType = values.text();
        case SENDING_MTA_IP -> sendingMtaIp = values.text();
        case RECEIVING_MX_HOSTNAME -> receivingMxHostname = values.text();
        case RECEIVING_MX_HELO -> receivingMxHelo = values.text();
        case RECEIVING_IP -> receivingIp = values.text();
        case FAILED_SESSION_COUNT -> failedSessionCount = values.count();
        case ADDITIONAL_INFORMATION -> additionalInformation = values.text();
        case FAILURE_REASON_CODE -> failureReasonCode = values.text();
        default -> json.skipChildren();
      }
    }
    return Optional.of(
        new FailureDetails(
            resultType(resultType),
            sendingMtaIp,
            receivingMxHostname,
            receivingMxHelo,
            receivingIp,
            failedSessionCount,
            additionalInformation,
            failureReasonCode));
  }

  private ResultType resultType(Optional<String> written) {
    return written.flatMap(ResultType::registered).orElseGet(() -> otherType(written));
  }

  private ResultType otherType(Optional<String> written) {
    ResultType type = new ResultType(written.orElse(""));
    if (written.isEmpty()) {
      deviations.add(Deviation.RESULT_TYPE_MISSING);
    } else if (!type.isRegistered()) {
      deviations.add(Deviation.RESULT_TYPE_UNREGISTERED);
    } else {
      deviations.add(Deviation.TYPE_CASE);
    }
    return type;
  }

  /** Passes over anything else than an object. */
  private boolean isObject() throws IOException {
    if (json.currentToken() == JsonToken.START_OBJECT) {
      return true;
    }
    json.skipChildren();
    return false;
  }

  private void noteMissing(Optional<?> value, Deviation deviation) {
    if (value.isEmpty()) {
      deviations.add(deviation);
    }
  }

  /** A policy as stated; without a usable value if its domain is no host name. */
  private record StatedPolicy(Optional<Policy> usable) {}

  /** A range as stated; without a value if either end cannot be read. */
  private record StatedRange(Optional<DateRange> read, String asWritten) {
    static final StatedRange NONE = new StatedRange(Optional.empty(), "");

    static StatedRange of(Optional<String> start, Optional<String> end, DateTimes dateTimes) {
      Optional<Instant> from =
          start.isPresent() ? dateTimes.read(start.get(), LocalTime.MIDNIGHT) : Optional.empty();
      Optional<Instant> to =
          end.isPresent() ? dateTimes.read(end.get(), END_OF_DAY) : Optional.empty();
      return new StatedRange(
          from.isPresent() && to.isPresent()
              ? Optional.of(new DateRange(from.get(), to.get()))
              : Optional.empty(),
          start.orElse("") + '/' + end.orElse(""));
    }
  }
}
