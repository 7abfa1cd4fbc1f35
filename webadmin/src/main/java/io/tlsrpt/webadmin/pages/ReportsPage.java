// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.webadmin.pages;

import static io.tlsrpt.webadmin.markup.Html.a;
import static io.tlsrpt.webadmin.markup.Html.all;
import static io.tlsrpt.webadmin.markup.Html.el;

import io.tlsrpt.figures.FailureKind;
import io.tlsrpt.figures.guide.FailureGroup;
import io.tlsrpt.figures.guide.FailureGuide;
import io.tlsrpt.report.DateRange;
import io.tlsrpt.report.DomainName;
import io.tlsrpt.report.FailureDetails;
import io.tlsrpt.report.PlainText;
import io.tlsrpt.view.ReportRow;
import io.tlsrpt.webadmin.http.Links;
import io.tlsrpt.webadmin.markup.Html;
import io.tlsrpt.webadmin.markup.Tables;
import io.tlsrpt.webadmin.markup.Words;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The table of reports as a page. */
public final class ReportsPage {
  /** Rows of one report at most: the others are on the report's own page. */
  private static final int MOST_ROWS_OF_ONE = 10;

  private static final String NOT_SAID = "–";

  private final Reports shown;
  private final Links links;

  ReportsPage(Reports shown, Links links) {
    this.shown = shown;
    this.links = links;
  }

  Html html() {
    return all(
        form(),
        formats(),
        shown.reports().isEmpty() ? nothing() : table(),
        shown
            .next()
            .map(
                next ->
                    (Html)
                        el(
                                "nav",
                                a(
                                        links.reports(
                                            shown.query().parameters("before", Cursor.of(next))),
                                        "Older reports ›")
                                    .with("rel", "next"))
                            .with("class", "pages")
                            .with("aria-label", "Pages"))
            .orElseGet(Html::none));
  }

  private Html form() {
    ReportsQuery query = shown.query();
    return el(
            "form",
            el(
                "label",
                "Domain ",
                input("domain", query.domain().map(DomainName::value).orElse(""))
                    .with("list", "domains")),
            el(
                    "datalist",
                    all(
                        shown.domains().stream()
                            .map(name -> el("option").with("value", name))
                            .toList()))
                .with("id", "domains"),
            el(
                "label",
                "Reporter ",
                input("reporter", query.reporter().map(DomainName::value).orElse(""))),
            el("label", "Result type ", types()),
            el(
                "label",
                "Failures only ",
                el("input")
                    .with("type", "checkbox")
                    .with("name", "failing")
                    .with("value", "true")
                    .flagged("checked", query.failing())),
            el(
                "label",
                "Days ",
                el("input")
                    .with("type", "number")
                    .with("name", "days")
                    .with("min", 1)
                    .with("max", 400)
                    .with("value", query.days())),
            el("button", "Show"))
        .with("method", "get")
        .with("action", links.reports())
        .with("role", "search")
        .with("aria-label", "Reports");
  }

  private static Html.Element input(String name, String value) {
    return el("input").with("type", "text").with("name", name).with("value", value);
  }

  /** The result types in their three groups. */
  private Html types() {
    List<Html> groups = new ArrayList<>();
    groups.add(option("", "any"));
    groups.add(option(ReportRow.SUCCESS, ReportRow.SUCCESS));
    for (FailureGroup group : FailureGroup.values()) {
      groups.add(
          el(
                  "optgroup",
                  all(
                      Arrays.stream(FailureKind.values())
                          .filter(kind -> FailureGuide.of(kind).group() == group)
                          .map(kind -> option(kind.key(), kind.key()))
                          .toList()))
              .with("label", group.title()));
    }
    return el("select", all(groups)).with("name", "type");
  }

  private Html option(String value, String text) {
    return el("option", text)
        .with("value", value)
        .flagged("selected", shown.query().type().orElse("").equals(value));
  }

  private Html formats() {
    return el(
            "nav",
            a(links.reports(shown.query().parameters("format", "json")), "JSON"),
            a(links.reports(shown.query().parameters("format", "csv")), "CSV").with("download", ""))
        .with("aria-label", "Formats");
  }

  private Html nothing() {
    return el("p", "No report is like that. Ask for more days, or for less.");
  }

  private Html table() {
    return all(
        Tables.table(
            "Reports, the last received first",
            List.of(
                "Reporter",
                "Policy domain, mode",
                "Result type",
                "Sessions",
                "Receiving MX",
                "Receiving IP",
                "Sending MTA IP",
                "Days",
                "Received"),
            shown.reports().stream().map(this::rows).toList()),
        el(
                "p",
                NOT_SAID
                    + " stands where the report does not say: most reporters leave addresses out.")
            .with("class", "note"));
  }

  private Html rows(Reports.Rows report) {
    List<Html> rows = new ArrayList<>();
    report.rows().stream().limit(MOST_ROWS_OF_ONE).map(this::row).forEach(rows::add);
    int others = report.rows().size() - rows.size();
    if (others > 0) {
      rows.add(
          el(
              "tr",
              el(
                      "td",
                      a(
                          links.report(report.report().position().report()),
                          Words.count(others, "further row", "further rows") + " of this report"))
                  .with("colspan", 9)));
    }
    return all(rows);
  }

  private Html row(ReportRow row) {
    return el(
        "tr",
        el("th", a(links.report(row.stored().position().report()), row.reporter()))
            .with("scope", "row")
            .with("class", "whole"),
        el(
            "td",
            a(links.domain(row.policyDomain()), row.policyDomain()).with("class", "whole"),
            ", " + row.policyMode()),
        el("td", PlainText.of(row.resultType())),
        Tables.number(row.sessions()),
        el("td", said(row.detail(FailureDetails::receivingMxHostname))),
        el("td", said(row.detail(FailureDetails::receivingIp))),
        el("td", said(row.detail(FailureDetails::sendingMtaIp))),
        el("td", days(row.report().dateRange())),
        el("td", Words.time(row.report().receivedAt())));
  }

  public static String said(String detail) {
    return detail.isEmpty() ? NOT_SAID : detail;
  }

  /** One day, or the first and last: the end of a range of a day may be the next midnight. */
  static Html days(DateRange range) {
    LocalDate first = day(range.startDatetime());
    LocalDate last = day(range.endDatetime().minusSeconds(1));
    return last.isAfter(first) ? all(Words.day(first), " to ", Words.day(last)) : Words.day(first);
  }

  private static LocalDate day(Instant time) {
    return LocalDate.ofInstant(time, ZoneOffset.UTC);
  }
}
