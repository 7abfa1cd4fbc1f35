// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.webadmin.pages;

import static io.tlsrpt.webadmin.markup.Html.a;
import static io.tlsrpt.webadmin.markup.Html.all;
import static io.tlsrpt.webadmin.markup.Html.el;

import io.tlsrpt.figures.DomainFigures;
import io.tlsrpt.figures.DomainHealth;
import io.tlsrpt.figures.FailureFigures;
import io.tlsrpt.figures.ReporterFigures;
import io.tlsrpt.figures.guide.FailureAdvice;
import io.tlsrpt.figures.history.ReportsOfDay;
import io.tlsrpt.report.MtaStsMode;
import io.tlsrpt.view.FailureExplained;
import io.tlsrpt.webadmin.http.Links;
import io.tlsrpt.webadmin.markup.DayChart;
import io.tlsrpt.webadmin.markup.Html;
import io.tlsrpt.webadmin.markup.Prose;
import io.tlsrpt.webadmin.markup.Remedy;
import io.tlsrpt.webadmin.markup.Tables;
import io.tlsrpt.webadmin.markup.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One domain as a page, in the order of the questions that a person has. */
final class DomainPage {
  private static final List<Integer> LOOK_BACKS = List.of(7, 30, 90, 400);

  private final OneDomain shown;
  private final Links links;
  private final String domain;

  DomainPage(OneDomain shown, Links links) {
    this.shown = shown;
    this.links = links;
    this.domain = shown.title();
  }

  Html html() {
    return all(
        el("p", a(links.overview(), "‹ All domains"), " ", Words.badge(shown.row().health())),
        el("p", shown.summary()).with("class", "lead"),
        el("p", "as of ", Words.time(shown.time())).with("class", "note"),
        shown.row().health() == DomainHealth.NEVER
            ? all(record(), PublishedPart.of(shown.published()))
            : sections());
  }

  /** A domain without any report: most often its record is missing. */
  private Html record() {
    return all(
        el("h2", "What to do"),
        el("p", "Publish this record, with the address of your rua mailbox, and wait two days:"),
        el("pre", DnsRecords.tlsRpt(domain)).with("tabindex", "0"),
        el("p", "Look whether it is there:"),
        el("pre", "dig +short TXT _smtp._tls." + domain).with("tabindex", "0"),
        el(
            "p",
            "Reports that came and were refused are on the page of ",
            a(links.receiver(), "the receiver"),
            "."));
  }

  private Html sections() {
    return all(
        sessions(),
        failures(),
        policy(),
        PublishedPart.of(shown.published()),
        reporters(),
        reports());
  }

  private Html sessions() {
    List<Html> choices = new ArrayList<>();
    for (int days : LOOK_BACKS) {
      Html.Element link =
          a(links.domain(domain, Map.of("days", Integer.toString(days))), days + " days");
      choices.add(days == shown.lookBack() ? link.with("aria-current", "true") : link);
    }
    return el(
        "section",
        el("h2", "Sessions a day"),
        el("nav", all(choices)).with("class", "filters").with("aria-label", "Days"),
        DayChart.of(shown.days(), shown.time(), shown.lookBack()),
        el("details", el("summary", "The numbers"), numbers()));
  }

  private Html numbers() {
    List<Html> rows = new ArrayList<>();
    for (ReportsOfDay day : shown.days().reversed()) {
      rows.add(
          el(
              "tr",
              el("th", Words.day(day.day())).with("scope", "row"),
              Tables.number(day.sessions().successful()),
              Tables.number(day.sessions().failed()),
              Tables.number(day.reports()),
              el("td", Words.failures(day.failures()))));
    }
    return Tables.table(
        "Days with reports",
        List.of("Day (UTC)", "Successful", "Failed", "Reports", "What failed"),
        rows);
  }

  private Html failures() {
    List<Html> active = new ArrayList<>();
    List<Html> over = new ArrayList<>();
    for (FailureExplained failure : shown.failures()) {
      (failure.isActive() ? active : over).add(card(failure));
    }
    Html ended =
        over.isEmpty()
            ? Html.none()
            : el(
                "details",
                el("summary", Words.count(over.size(), "failure", "failures") + " of before"),
                all(over));
    return el(
        "section",
        el("h2", "What fails"),
        active.isEmpty() ? el("p", "Nothing fails now.") : all(active),
        ended);
  }

  private Html card(FailureExplained explained) {
    FailureFigures failure = explained.failure();
    FailureAdvice advice = explained.advice();
    String kind = failure.kind().key();
    return el(
            "article",
            el("h3", a(links.failureType(kind), kind), " · " + advice.group().title()),
            el(
                "dl",
                fact("Failing now", el("span", sessions(failure.activeSessions()))),
                failure
                    .activeSince()
                    .map(since -> fact("Since", Words.day(since)))
                    .orElseGet(Html::none),
                fact("Last seen", Words.day(failure.lastSeen())),
                fact("First seen", Words.day(failure.firstSeen())),
                fact("Ever reported", el("span", sessions(failure.failedSessions()))),
                fact("Told by", el("span", list(OneDomain.names(failure.reporters())))),
                fact("At MX", el("span", list(OneDomain.plain(failure.receivingMx()))))),
            PublishedPart.evidence(explained.judgement()),
            Prose.of(advice.explanation()),
            Remedy.of(advice, explained.isActive()),
            el(
                "p",
                a(links.reports(Links.with("domain", domain, "type", kind)), "Reports of " + kind)))
        .with("class", "card");
  }

  private static Html fact(String name, Html value) {
    return all(el("dt", name), el("dd", value));
  }

  private static String sessions(long number) {
    return Words.count(number, "session", "sessions");
  }

  private static String list(List<String> names) {
    return names.isEmpty() ? "not said" : String.join(", ", names);
  }

  private Html policy() {
    DomainFigures figures = shown.row().figures();
    return el(
        "section",
        el("h2", "MTA-STS"),
        el("p", mode(figures)),
        figures.mode() == MtaStsMode.TESTING ? readiness(figures) : Html.none());
  }

  private static String mode(DomainFigures figures) {
    return switch (figures.mode()) {
      case ENFORCE -> "Mode enforce, by the vote of the reporters of the last 14 days.";
      case TESTING -> "Mode testing, by the vote of the reporters of the last 14 days.";
      case NONE -> "Mode none: the domain's policy asks for nothing.";
      case UNKNOWN ->
          figures.isKnownForDaneOnly()
              ? "No reporter has seen an MTA-STS policy; reports are of DANE. Senders that know DANE"
                  + " are protected by the TLSA records of the MX hosts, others may deliver without"
                  + " TLS that protects."
              : "No reporter has seen an MTA-STS policy in the last 14 days: senders may deliver"
                  + " without TLS that protects.";
    };
  }

  private static Html readiness(DomainFigures figures) {
    if (figures.enforceReady()) {
      return el("p", "By what reports say it is safe to go from testing to enforce.");
    }
    return all(
        el("p", "Not yet ready for enforce:"),
        el(
            "ul",
            all(figures.enforceBlockers().stream().map(blocker -> el("li", blocker)).toList())));
  }

  private Html reporters() {
    return el(
        "section",
        el("h2", "Reporters"),
        Tables.table(
            "Who reports",
            List.of(
                "Reporter",
                "Last heard",
                "Usually",
                "Saw mode",
                "Newest day",
                "Successful",
                "Failed",
                "What failed"),
            shown.reporters().stream().map(this::reporter).toList()));
  }

  private Html reporter(ReporterFigures reporter) {
    String name = reporter.reporter().value();
    return el(
        "tr",
        el("th", a(links.reports(Links.with("domain", domain, "reporter", name)), name))
            .with("scope", "row")
            .with("class", "whole"),
        el(
            "td",
            Words.ago(reporter.lastHeard(), shown.time()),
            reporter.overdue() ? all(" ", el("strong", "silent for long")) : Html.none()),
        el("td", rhythm(reporter)),
        el("td", shown.row().figures().isKnownForDaneOnly() ? "DANE" : reporter.mode().key()),
        el("td", Words.day(reporter.newestDay())),
        Tables.number(reporter.sessions().successful()),
        Tables.number(reporter.sessions().failed()),
        el("td", Words.failures(reporter.failures())));
  }

  private static String rhythm(ReporterFigures reporter) {
    if (reporter.usualGap().isEmpty()) {
      return "heard of once";
    }
    int gap = reporter.usualGap().getAsInt();
    return gap == 1 ? "daily" : "every " + gap + " days";
  }

  private Html reports() {
    return el(
        "p",
        a(links.reports(Links.with("domain", domain)), "All reports about " + domain),
        " · ",
        a(links.reports(Links.with("domain", domain, "failing", "true")), "those with failures"));
  }
}
