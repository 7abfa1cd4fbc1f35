// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.webadmin.pages;

import static io.tlsrpt.webadmin.markup.Html.a;
import static io.tlsrpt.webadmin.markup.Html.all;
import static io.tlsrpt.webadmin.markup.Html.el;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tlsrpt.figures.Contribution;
import io.tlsrpt.figures.history.StoredReport;
import io.tlsrpt.report.FailureDetails;
import io.tlsrpt.report.PlainText;
import io.tlsrpt.view.ReportRow;
import io.tlsrpt.webadmin.http.Answer;
import io.tlsrpt.webadmin.http.Links;
import io.tlsrpt.webadmin.markup.Html;
import io.tlsrpt.webadmin.markup.Tables;
import io.tlsrpt.webadmin.markup.Words;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * One stored report, entire.
 *
 * @param contributions what it says of each of our domains; at least one
 */
public record OneReport(List<StoredReport> contributions) implements Resource {
  public OneReport {
    contributions = List.copyOf(contributions);
  }

  public static Resource of(String id, Running running) {
    List<StoredReport> found =
        id.matches("\\d{1,18}") ? running.history().report(Long.parseLong(id)) : List.of();
    return found.isEmpty()
        ? new Problem(
            Answer.NOT_FOUND,
            "There is no report '" + PlainText.of(id) + "', or its retention has ended.")
        : new OneReport(found);
  }

  private Contribution any() {
    return contributions.getFirst().contribution();
  }

  private Optional<String> reportId() {
    return contributions.getFirst().reportId().map(PlainText::of);
  }

  @Override
  public String title() {
    return "Report of " + any().reporter().value();
  }

  @Override
  public Html html(Links links) {
    return all(
        el("p", a(links.reports(), "‹ Reports")),
        el(
            "dl",
            fact("Report-id", el("span", ReportsPage.said(reportId().orElse("")))),
            fact("Days", ReportsPage.days(any().dateRange())),
            fact("From", Words.time(any().dateRange().startDatetime())),
            fact("To", Words.time(any().dateRange().endDatetime())),
            fact("Received", Words.time(any().receivedAt()))),
        all(contributions.stream().map(one -> section(one, links)).toList()));
  }

  private static Html fact(String name, Html value) {
    return all(el("dt", name), el("dd", value));
  }

  private static Html section(StoredReport stored, Links links) {
    Contribution said = stored.contribution();
    String domain = said.domain().value();
    return el(
        "section",
        el("h2", a(links.domain(domain), domain)),
        el(
            "p",
            Words.number(said.headline().successful())
                + " successful and "
                + Words.number(said.headline().failed())
                + " failed sessions; the reporter saw mode "
                + said.mode().key()
                + "."),
        Tables.table(
            "What it says of " + domain,
            List.of(
                "Result type",
                "Sessions",
                "Receiving MX",
                "HELO name",
                "Receiving IP",
                "Sending MTA IP",
                "Reason code",
                "Additional information"),
            ReportRow.all(stored).stream().map(OneReport::row).toList()));
  }

  private static Html row(ReportRow row) {
    return el(
        "tr",
        el("th", PlainText.of(row.resultType())).with("scope", "row"),
        Tables.number(row.sessions()),
        el("td", ReportsPage.said(row.detail(FailureDetails::receivingMxHostname))),
        el("td", ReportsPage.said(row.detail(FailureDetails::receivingMxHelo))),
        el("td", ReportsPage.said(row.detail(FailureDetails::receivingIp))),
        el("td", ReportsPage.said(row.detail(FailureDetails::sendingMtaIp))),
        el("td", ReportsPage.said(row.detail(FailureDetails::failureReasonCode))),
        el("td", ReportsPage.said(row.detail(FailureDetails::additionalInformation))));
  }

  @Override
  public void json(JsonGenerator json) throws IOException {
    json.writeNumberField("id", contributions.getFirst().position().report());
    json.writeStringField("reporter", any().reporter().value());
    DomainJson.text("reportId", reportId(), json);
    json.writeStringField("rangeStart", Words.second(any().dateRange().startDatetime()));
    json.writeStringField("rangeEnd", Words.second(any().dateRange().endDatetime()));
    json.writeStringField("received", Words.second(any().receivedAt()));
    json.writeArrayFieldStart("rows");
    for (StoredReport stored : contributions) {
      for (ReportRow row : ReportRow.all(stored)) {
        json.writeStartObject();
        ReportColumns.write(row, json);
        json.writeEndObject();
      }
    }
    json.writeEndArray();
  }
}
