// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.report.parser;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.tlsrpt.report.Deviation;
import io.tlsrpt.report.Deviations;
import io.tlsrpt.report.FailureAdder;
import io.tlsrpt.report.FailureDetails;
import io.tlsrpt.report.ReadingBudget;
import io.tlsrpt.report.ResultType;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads the {@code failure-details} of an entry where the token stream stands. */
final class DetailsReader {
  private final JsonParser json;
  private final ReadingBudget budget;
  private final Deviations.Counter deviations;
  private final JsonValues values;

  DetailsReader(
      JsonParser json, ReadingBudget budget, Deviations.Counter deviations, JsonValues values) {
    this.json = json;
    this.budget = budget;
    this.deviations = deviations;
    this.values = values;
  }

  /** Reads the details of one entry. Their sum may depend on its summary, which may follow them. */
  FailureAdder read() throws IOException {
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
    return failures;
  }

  private void addFailureDetail(FailureAdder failures) throws IOException {
    budget.takeFailureDetail(json);
    if (!values.isObject()) {
      deviations.add(Deviation.DETAIL_UNUSABLE);
      return;
    }
    Optional<String> resultType = Optional.empty();
    Optional<String> sendingMtaIp = Optional.empty();
    Optional<String> receivingMxHostname = Optional.empty();
    Optional<String> receivingMxHelo = Optional.empty();
    Optional<String> receivingIp = Optional.empty();
    OptionalLong failedSessionCount = OptionalLong.empty();
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
    FailureDetails detail =
        new FailureDetails(
            resultType(resultType),
            sendingMtaIp,
            receivingMxHostname,
            receivingMxHelo,
            receivingIp,
            failedSessionCount.orElse(1),
            additionalInformation,
            failureReasonCode);
    if (failedSessionCount.isPresent()) {
      failures.add(detail);
    } else {
      deviations.add(Deviation.COUNT_MISSING);
      failures.addCountless(detail);
    }
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
}
