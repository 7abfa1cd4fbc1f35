// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.report.parser;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.tlsrpt.report.DateRange;
import io.tlsrpt.report.Deviation;
import io.tlsrpt.report.Deviations;
import io.tlsrpt.report.ParseResult;
import io.tlsrpt.report.PolicyResult;
import io.tlsrpt.report.ReadingBudget;
import io.tlsrpt.report.TlsReport;
import io.tlsrpt.report.UnreadableReportException;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads JSON tokens straight into records: no tree, no second model. Departures from the RFC are
 * tolerated and noted, each as a {@link Deviation}; unknown members are skipped. One instance reads
 * all reports of a body part.
 *
 * <p>The path of a usual report has no lambdas and no streams: the JVM would generate a class for
 * each of them when it reads the first report after a start.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8460#section-4.4">RFC 8460, 4.4</a>
 */
final class JsonReportReader {
  private static final LocalTime END_OF_DAY = LocalTime.of(23, 59, 59);

  private final JsonParser json;
  private final ReadingBudget budget;
  private final Deviations.Counter deviations;
  private final JsonValues values;

  JsonReportReader(JsonParser json, ReadingBudget budget, Deviations.Counter deviations) {
    this.json = json;
    this.budget = budget;
    this.deviations = deviations;
    this.values = new JsonValues(json, budget, deviations);
  }

  /** Reads the report that begins with the current token. */
  TlsReport read() throws IOException {
    if (json.currentToken() != JsonToken.START_OBJECT) {
      throw new UnreadableReportException(
          ParseResult.Reason.MALFORMED, "a report is a JSON object, this is not");
    }
    EntryReader entries = new EntryReader(json, budget, deviations, values);
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
        case POLICIES -> policies = policies(entries);
        default -> json.skipChildren();
      }
    }
    checkUsable(policies, entries);
    noteMissing(reportId, Deviation.REPORT_ID_MISSING);
    noteMissing(range.read(), Deviation.DATE_RANGE_UNREADABLE);
    return new TlsReport(
        organizationName, range.read(), range.asWritten(), contactInfo, reportId, policies);
  }

  private static void checkUsable(List<PolicyResult> policies, EntryReader entries)
      throws UnreadableReportException {
    if (entries.seen() == 0) {
      throw new UnreadableReportException(
          ParseResult.Reason.NO_POLICIES, "policies is missing or empty");
    }
    if (policies.isEmpty()) {
      throw entries.domainsRefused() > 0
          ? new UnreadableReportException(
              ParseResult.Reason.INVALID_DOMAIN, "no policy-domain is a host name")
          : new UnreadableReportException(
              ParseResult.Reason.MALFORMED, "no element of policies has a policy");
    }
  }

  private StatedRange dateRange() throws IOException {
    if (!values.isObject()) {
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

  private List<PolicyResult> policies(EntryReader entries) throws IOException {
    List<PolicyResult> policies = new ArrayList<>();
    switch (json.currentToken()) {
      case START_ARRAY -> {
        while (json.nextToken() != JsonToken.END_ARRAY) {
          Optional<PolicyResult> entry = entries.read();
          if (entry.isPresent()) {
            policies.add(entry.get());
          }
        }
      }
      case START_OBJECT -> {
        deviations.add(Deviation.POLICIES_NOT_AN_ARRAY);
        entries.read().ifPresent(policies::add);
      }
      default -> deviations.add(Deviation.NULL_VALUE);
    }
    return policies;
  }

  private void noteMissing(Optional<?> value, Deviation deviation) {
    if (value.isEmpty()) {
      deviations.add(deviation);
    }
  }

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
