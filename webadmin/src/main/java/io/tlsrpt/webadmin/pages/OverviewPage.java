// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.webadmin.pages;

import static io.tlsrpt.webadmin.markup.Html.a;
import static io.tlsrpt.webadmin.markup.Html.all;
import static io.tlsrpt.webadmin.markup.Html.el;

import io.tlsrpt.figures.DomainFigures;
import io.tlsrpt.figures.DomainHealth;
import io.tlsrpt.figures.FailureKind;
import io.tlsrpt.report.MtaStsMode;
import io.tlsrpt.view.DomainRow;
import io.tlsrpt.webadmin.http.Links;
import io.tlsrpt.webadmin.markup.DayStrip;
import io.tlsrpt.webadmin.markup.Html;
import io.tlsrpt.webadmin.markup.Tables;
import io.tlsrpt.webadmin.markup.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** The overview as a page. */
final class OverviewPage {
  private final Overview shown;
  private final Links links;

  OverviewPage(Overview shown, Links links) {
    this.shown = shown;
    this.links = links;
  }

  Html html() {
    return all(
        el("p", sentence()).with("class", "lead"),
        el("p", "as of ", Words.time(shown.time())).with("class", "note"),
        storeError(),
        search(),
        filters(),
        shown.rows().isEmpty() ? nothing() : table(),
        pages(),
        receiver());
  }

  /** The most important first: is anything wrong? */
  private String sentence() {
    long losing = count(DomainHealth.LOSING);
    long failing = losing + count(DomainHealth.FAILING);
    long all = shown.counts().values().stream().mapToLong(Long::longValue).sum();
    if (all == 0) {
      return "No report has come yet, and James serves no domain.";
    } else if (count(DomainHealth.NEVER) == all) {
      return "No report has come yet.";
    } else if (failing == 0) {
      return "Nothing fails: "
          + Words.count(count(DomainHealth.FINE), "domain is", "domains are")
          + " fine"
          + (count(DomainHealth.SILENT) > 0
              ? ", of " + Words.number(count(DomainHealth.SILENT)) + " somebody is silent."
              : ".");
    }
    return Words.number(failing)
        + " of "
        + Words.count(all, "domain is", "domains are")
        + " failing"
        + (losing > 0 ? ", " + Words.number(losing) + " of them may lose mail." : ".");
  }

  private long count(DomainHealth health) {
    return shown.counts().getOrDefault(health, 0L);
  }

  private Html storeError() {
    return shown
        .receiver()
        .storeError()
        .map(
            error ->
                (Html)
                    el(
                            "p",
                            "Reports cannot be stored now and wait on disk; figures are as of"
                                + " before. ",
                            error)
                        .with("class", "problem"))
        .orElseGet(Html::none);
  }

  private Html search() {
    return el(
            "form",
            el("label", "Search domain ", input("q", shown.query().part())),
            states().isEmpty() ? Html.none() : hidden("state", states()),
            el("label", "Order ", el("select", options()).with("name", "sort")),
            el("button", "Show"))
        .with("method", "get")
        .with("action", links.overview())
        .with("role", "search")
        .with("aria-label", "Domains");
  }

  private Object[] options() {
    List<Object> options = new ArrayList<>();
    for (Overview.Sort sort : Overview.Sort.values()) {
      options.add(
          el(
                  "option",
                  switch (sort) {
                    case TROUBLE -> "worst first";
                    case NAME -> "by name";
                    case FAILED -> "most failed sessions first";
                    case LAST -> "last report first";
                  })
              .with("value", sort.name().toLowerCase(Locale.ROOT))
              .flagged("selected", sort == shown.query().sort()));
    }
    return options.toArray();
  }

  private static Html input(String name, String value) {
    return el("input").with("type", "search").with("name", name).with("value", value);
  }

  private static Html hidden(String name, String value) {
    return el("input").with("type", "hidden").with("name", name).with("value", value);
  }

  /** The states asked for, as the parameter has them. */
  private String states() {
    return shown.query().states().stream().map(DomainHealth::key).collect(Collectors.joining(","));
  }

  private Html filters() {
    List<Html> choices = new ArrayList<>();
    long all = shown.counts().values().stream().mapToLong(Long::longValue).sum();
    choices.add(filter("all", all, "", shown.query().states().isEmpty()));
    for (DomainHealth health : DomainHealth.values()) {
      choices.add(
          filter(
              Words.word(health),
              count(health),
              health.key(),
              shown.query().states().equals(Set.of(health))));
    }
    choices.add(a(query(states(), 0, "json"), "JSON").with("class", "format"));
    choices.add(a(query(states(), 0, "csv"), "CSV").with("class", "format").with("download", ""));
    return el("nav", all(choices)).with("class", "filters").with("aria-label", "State");
  }

  private Html filter(String word, long count, String state, boolean chosen) {
    Html.Element link = a(query(state, 0, ""), word + " " + Words.number(count));
    return chosen ? link.with("aria-current", "true") : link;
  }

  private String query(String states, int offset, String format) {
    Overview.Query query = shown.query();
    return links.overview(
        Links.with(
            "state",
            states,
            "q",
            query.part(),
            "sort",
            query.sort() == Overview.Sort.TROUBLE
                ? ""
                : query.sort().name().toLowerCase(Locale.ROOT),
            "offset",
            offset == 0 ? "" : Integer.toString(offset),
            "format",
            format));
  }

  private Html nothing() {
    boolean filtered = !shown.query().states().isEmpty() || !shown.query().part().isEmpty();
    return filtered
        ? el("p", "No domain is like that. ", a(links.overview(), "Show all."))
        : all(
            el(
                "p",
                "Nothing is to be shown yet. Add your domains to James, and publish for each of"
                    + " them where reports are to be sent, with the address of your rua mailbox:"),
            el("pre", DnsRecords.tlsRpt("example.com")).with("tabindex", "0"),
            el("p", "Large senders report once a day, the first time within about two days."));
  }

  private Html table() {
    return Tables.table(
        "Domains, " + Words.number(shown.total()),
        List.of(
            "State",
            "Domain",
            "Policy",
            "Failed sessions",
            "Share",
            "What fails",
            "Since",
            "Last report",
            "Last 21 days"),
        shown.rows().stream().map(this::row).toList());
  }

  private Html row(DomainRow row) {
    DomainFigures domain = row.figures();
    return el(
        "tr",
        el("td", Words.badge(row.health())),
        el("th", a(links.domain(domain.domain().value()), domain.domain().value()))
            .with("scope", "row")
            .with("class", "whole"),
        el("td", policy(domain)).with("class", "whole"),
        Tables.number(domain.failing() ? Words.number(domain.active().failed()) : ""),
        Tables.number(domain.failing() ? Words.share(domain.failureRatio()) : ""),
        el(
            "td",
            domain.activeFailures().kinds().stream()
                .map(FailureKind::key)
                .collect(Collectors.joining(", "))),
        el("td", domain.oldestActiveFailure().map(Words::day).orElseGet(Html::none)),
        el(
            "td",
            domain
                .totals()
                .lastReportTime()
                .map(time -> Words.ago(time, shown.time()))
                .orElseGet(Html::none)),
        el("td", DayStrip.of(row.recentDays(), shown.time())));
  }

  private static String policy(DomainFigures domain) {
    if (domain.isKnownForDaneOnly()) {
      return "DANE, no MTA-STS";
    }
    return domain.mode() == MtaStsMode.TESTING && domain.enforceReady()
        ? "testing → enforce is safe"
        : domain.mode().key();
  }

  private Html pages() {
    int offset = shown.query().offset();
    int end = offset + shown.rows().size();
    if (offset == 0 && end == shown.total()) {
      return Html.none();
    }
    List<Html> parts = new ArrayList<>();
    if (offset > 0) {
      int before = Math.max(0, offset - shown.query().limit());
      parts.add(a(query(states(), before, ""), "‹ Previous").with("rel", "prev"));
    }
    parts.add(
        el(
            "span",
            Words.number(offset + 1)
                + "–"
                + Words.number(end)
                + " of "
                + Words.number(shown.total())));
    if (end < shown.total()) {
      parts.add(a(query(states(), end, ""), "Next ›").with("rel", "next"));
    }
    return el("nav", all(parts)).with("class", "pages").with("aria-label", "Pages");
  }

  private Html receiver() {
    return el(
            "p",
            "Receiver: " + ReceiverPage.law(shown.receiver().state()) + ". ",
            a(links.receiver(), "More of the receiver"))
        .with("class", "note");
  }
}
