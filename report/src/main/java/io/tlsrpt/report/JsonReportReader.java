// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.report;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * From JSON tokens straight to records: no tree, no second model. The names of the members stand
 * here and nowhere else; unknown members are passed over. One object reads one report.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8460#section-4.4">RFC 8460, 4.4</a>
 */
final class JsonReportReader {
  private final JsonParser json;
  private final ReportLimits limits;
  private int policiesSeen;
  private int failureDetailsSeen;

  JsonReportReader(JsonParser json, ReportLimits limits) {
    this.json = json;
    this.limits = limits;
  }

  TlsReport read() throws IOException {
    if (json.nextToken() != JsonToken.START_OBJECT) {
      throw malformed("a report is a JSON object, this is " + found());
    }
    Optional<String> organizationName = Optional.empty();
    Optional<DateRange> dateRange = Optional.empty();
    Optional<String> contactInfo = Optional.empty();
    Optional<String> reportId = Optional.empty();
    List<PolicyResult> policies = List.of();
    while (nextMember()) {
      switch (json.currentName()) {
        case "organization-name" -> organizationName = text();
        case "date-range" -> dateRange = Optional.of(dateRange());
        case "contact-info" -> contactInfo = text();
        case "report-id" -> reportId = text();
        case "policies" -> policies = policies();
        default -> json.skipChildren();
      }
    }
    if (policiesSeen == 0) {
      throw new UnreadableReportException(
          ParseResult.Reason.NO_POLICIES, "policies is missing or empty");
    }
    if (policies.isEmpty()) {
      throw new UnreadableReportException(
          ParseResult.Reason.INVALID_DOMAIN, "no policy-domain is a host name");
    }
    return new TlsReport(
        organizationName,
        dateRange.orElseThrow(() -> malformed("date-range is missing")),
        contactInfo,
        reportId,
        policies);
  }

  private DateRange dateRange() throws IOException {
    expectObject();
    Optional<Instant> start = Optional.empty();
    Optional<Instant> end = Optional.empty();
    while (nextMember()) {
      switch (json.currentName()) {
        case "start-datetime" -> start = dateTime();
        case "end-datetime" -> end = dateTime();
        default -> json.skipChildren();
      }
    }
    return new DateRange(
        start.orElseThrow(() -> malformed("start-datetime is missing")),
        end.orElseThrow(() -> malformed("end-datetime is missing")));
  }

  private Optional<Instant> dateTime() throws IOException {
    Optional<String> written = text();
    try {
      return written.map(OffsetDateTime::parse).map(OffsetDateTime::toInstant);
    } catch (DateTimeException e) {
      throw malformed("not a date-time of RFC 3339");
    }
  }

  private List<PolicyResult> policies() throws IOException {
    if (json.currentToken() == JsonToken.VALUE_NULL) {
      return List.of();
    }
    expectArray();
    List<PolicyResult> policies = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      if (++policiesSeen > limits.maxPolicies()) {
        throw overLimit("maxPolicies", limits.maxPolicies());
      }
      policyResult().ifPresent(policies::add);
    }
    return policies;
  }

  /** Empty for an entry whose domain is unreadable: the other entries of the report still count. */
  private Optional<PolicyResult> policyResult() throws IOException {
    expectObject();
    Optional<StatedPolicy> stated = Optional.empty();
    Optional<Summary> summary = Optional.empty();
    List<FailureDetails> failureDetails = List.of();
    while (nextMember()) {
      switch (json.currentName()) {
        case "policy" -> stated = Optional.of(policy());
        case "summary" -> summary = Optional.of(summary());
        case "failure-details" -> failureDetails = failureDetails();
        default -> json.skipChildren();
      }
    }
    Summary counts = summary.orElseThrow(() -> malformed("summary is missing"));
    List<FailureDetails> details = failureDetails;
    return stated
        .orElseThrow(() -> malformed("policy is missing"))
        .usable()
        .map(policy -> new PolicyResult(policy, counts, details));
  }

  private StatedPolicy policy() throws IOException {
    expectObject();
    Optional<PolicyType> policyType = Optional.empty();
    List<String> policyString = List.of();
    Optional<String> policyDomain = Optional.empty();
    List<String> mxHost = List.of();
    while (nextMember()) {
      switch (json.currentName()) {
        case "policy-type" -> policyType = text().map(PolicyType::new);
        case "policy-string" -> policyString = texts();
        case "policy-domain" -> policyDomain = text();
        case "mx-host" -> mxHost = texts();
        default -> json.skipChildren();
      }
    }
    PolicyType type = policyType.orElseThrow(() -> malformed("policy-type is missing"));
    Optional<PolicyDomain> domain = policyDomain.flatMap(PolicyDomain::parse);
    return policyDomain.isPresent() && domain.isEmpty()
        ? new StatedPolicy(Optional.empty())
        : new StatedPolicy(Optional.of(new Policy(type, policyString, domain, mxHost)));
  }

  private Summary summary() throws IOException {
    expectObject();
    long successful = 0;
    long failure = 0;
    while (nextMember()) {
      switch (json.currentName()) {
        case "total-successful-session-count" -> successful = count();
        case "total-failure-session-count" -> failure = count();
        default -> json.skipChildren();
      }
    }
    return new Summary(successful, failure);
  }

  private List<FailureDetails> failureDetails() throws IOException {
    if (json.currentToken() == JsonToken.VALUE_NULL) {
      return List.of();
    }
    expectArray();
    List<FailureDetails> details = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      if (++failureDetailsSeen > limits.maxFailureDetails()) {
        throw overLimit("maxFailureDetails", limits.maxFailureDetails());
      }
      details.add(failureDetail());
    }
    return details;
  }

  private FailureDetails failureDetail() throws IOException {
    expectObject();
    Optional<ResultType> resultType = Optional.empty();
    Optional<String> sendingMtaIp = Optional.empty();
    Optional<String> receivingMxHostname = Optional.empty();
    Optional<String> receivingMxHelo = Optional.empty();
    Optional<String> receivingIp = Optional.empty();
    long failedSessionCount = 0;
    Optional<String> additionalInformation = Optional.empty();
    Optional<String> failureReasonCode = Optional.empty();
    while (nextMember()) {
      switch (json.currentName()) {
        case "result-type" -> resultType = text().map(ResultType::new);
        case "sending-mta-ip" -> sendingMtaIp = text();
        case "receiving-mx-hostname" -> receivingMxHostname = text();
        case "receiving-mx-helo" -> receivingMxHelo = text();
        case "receiving-ip" -> receivingIp = text();
        case "failed-session-count" -> failedSessionCount = count();
        case "additional-information" -> additionalInformation = text();
        case "failure-reason-code" -> failureReasonCode = text();
        default -> json.skipChildren();
      }
    }
    return new FailureDetails(
        resultType.orElseThrow(() -> malformed("result-type is missing")),
        sendingMtaIp,
        receivingMxHostname,
        receivingMxHelo,
        receivingIp,
        failedSessionCount,
        additionalInformation,
        failureReasonCode);
  }

  /** Moves to the value of the next member; false at the end of the object. */
  private boolean nextMember() throws IOException {
    if (json.nextToken() == JsonToken.END_OBJECT) {
      return false;
    }
    json.nextToken();
    return true;
  }

  /** Empty for null, which some senders write for what they do not know. */
  private Optional<String> text() throws IOException {
    return switch (json.currentToken()) {
      case VALUE_STRING -> Optional.of(json.getText());
      case VALUE_NULL -> Optional.empty();
      default -> throw expected("a string");
    };
  }

  /** A list, or a single string in its place as in the RFC's own example (erratum 6241). */
  private List<String> texts() throws IOException {
    if (json.currentToken() != JsonToken.START_ARRAY) {
      return text().map(List::of).orElseGet(List::of);
    }
    List<String> texts = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      text().ifPresent(texts::add);
    }
    return texts;
  }

  private long count() throws IOException {
    if (json.currentToken() != JsonToken.VALUE_NUMBER_INT) {
      throw expected("a whole number");
    }
    boolean fitsLong = json.getNumberType() != JsonParser.NumberType.BIG_INTEGER;
    if (!fitsLong || json.getLongValue() > ReportParser.MAX_COUNT) {
      throw new UnreadableReportException(
          ParseResult.Reason.INVALID_COUNT,
          "a count is more than " + ReportParser.MAX_COUNT + position());
    }
    if (json.getLongValue() < 0) {
      throw expected("a number that is not negative");
    }
    return json.getLongValue();
  }

  private void expectObject() throws IOException {
    if (json.currentToken() != JsonToken.START_OBJECT) {
      throw expected("an object");
    }
  }

  private void expectArray() throws IOException {
    if (json.currentToken() != JsonToken.START_ARRAY) {
      throw expected("an array");
    }
  }

  private UnreadableReportException expected(String what) {
    return malformed("expected " + what + " but found " + found());
  }

  private UnreadableReportException malformed(String what) {
    return new UnreadableReportException(ParseResult.Reason.MALFORMED, what + position());
  }

  private UnreadableReportException overLimit(String limit, long value) {
    return new UnreadableReportException(
        ParseResult.Reason.LIMIT, "more than " + limit + " = " + value + position());
  }

  private String found() {
    JsonToken token = json.currentToken();
    if (token == null) {
      return "nothing";
    }
    return switch (token) {
      case START_OBJECT, END_OBJECT -> "an object";
      case START_ARRAY, END_ARRAY -> "an array";
      case VALUE_STRING -> "a string";
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
      case VALUE_TRUE, VALUE_FALSE -> "a truth value";
      case VALUE_NULL -> "null";
      case FIELD_NAME, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE -> "something else";
    };
  }

  private String position() {
    JsonLocation at = json.currentTokenLocation();
    return " at "
        + json.getParsingContext().pathAsPointer()
        + " (line "
        + at.getLineNr()
        + ", column "
        + at.getColumnNr()
        + ")";
  }

  /** A policy as stated; without a usable value if its domain is no host name. */
  private record StatedPolicy(Optional<Policy> usable) {}
}
