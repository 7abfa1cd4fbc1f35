// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.webadmin.pages;

import static io.tlsrpt.webadmin.markup.Html.a;
import static io.tlsrpt.webadmin.markup.Html.all;
import static io.tlsrpt.webadmin.markup.Html.el;

import io.tlsrpt.figures.receiver.DeferralReason;
import io.tlsrpt.figures.receiver.ReceiverState;
import io.tlsrpt.figures.receiver.RejectionReason;
import io.tlsrpt.figures.receiver.UnknownDomain;
import io.tlsrpt.report.DomainName;
import io.tlsrpt.report.PlainText;
import io.tlsrpt.view.RejectedMail;
import io.tlsrpt.view.RejectionGuide;
import io.tlsrpt.view.WaitingMail;
import io.tlsrpt.webadmin.http.Links;
import io.tlsrpt.webadmin.markup.Html;
import io.tlsrpt.webadmin.markup.Tables;
import io.tlsrpt.webadmin.markup.Words;
import java.util.ArrayList;
import java.util.List;

/** The receiver's health as a page. */
final class ReceiverPage {
  private static final int MOST_NAMES = 200;

  private final ReceiverHealth shown;
  private final ReceiverState state;
  private final Links links;

  ReceiverPage(ReceiverHealth shown, Links links) {
    this.shown = shown;
    this.state = shown.figures().state();
    this.links = links;
  }

  Html html() {
    return all(
        problems(),
        el("p", law(state)).with("class", "lead"),
        el("p", "since ", Words.time(state.startTime()), "; as of ", Words.time(shown.time()))
            .with("class", "note"),
        reasons(),
        waiting(),
        unknown(),
        never(),
        rejections(),
        settings());
  }

  private Html problems() {
    List<Html> problems = new ArrayList<>();
    shown
        .figures()
        .storeError()
        .ifPresent(
            error ->
                problems.add(
                    problem(
                        "Reports cannot be stored now, and wait on disk until they can: "
                            + error)));
    shown
        .figures()
        .clockError()
        .ifPresent(error -> problems.add(problem("The clock cannot be trusted: " + error)));
    return all(problems);
  }

  private static Html problem(String text) {
    return el("p", text).with("class", "problem");
  }

  /** Whatever was received is accounted for. */
  static String law(ReceiverState state) {
    return Words.count(state.received(), "report", "reports")
        + " received = "
        + Words.number(state.accepted())
        + " counted + "
        + Words.number(state.duplicate())
        + " seen before + "
        + Words.number(state.rejected())
        + " rejected + "
        + Words.number(state.deferred())
        + " waiting";
  }

  private Html reasons() {
    List<Html> cards = new ArrayList<>();
    for (RejectionReason reason : RejectionReason.values()) {
      if (state.rejected(reason) > 0) {
        RejectionGuide.Advice advice = RejectionGuide.of(reason);
        cards.add(
            el(
                    "article",
                    el("h3", reason.key() + " · " + Words.number(state.rejected(reason))),
                    el("p", sentence(advice.meaning())),
                    el("p", "What to do: " + advice.remedy()))
                .with("class", "card"));
      }
    }
    return cards.isEmpty()
        ? Html.none()
        : el("section", el("h2", "Rejected, by reason"), all(cards));
  }

  private static String sentence(String text) {
    return Character.toUpperCase(text.charAt(0)) + text.substring(1) + ".";
  }

  private Html waiting() {
    if (shown.waiting().isEmpty()) {
      return Html.none();
    }
    return el(
        "section",
        el("h2", "Waiting"),
        Tables.table(
            "Mails that cannot be judged now, the oldest first",
            List.of("Received", "Mail", "Waits for", "Next try", "Tries"),
            shown.waiting().stream().map(ReceiverPage::row).toList()));
  }

  private static Html row(WaitingMail mail) {
    return el(
        "tr",
        el("th", Words.time(mail.receivedAt())).with("scope", "row"),
        el("td", PlainText.of(mail.mail())),
        el("td", words(mail.reason())),
        el("td", Words.time(mail.nextTry())),
        Tables.number(mail.tries()));
  }

  private static String words(DeferralReason reason) {
    return switch (reason) {
      case DNS -> "the key of its signature (dns)";
      case STORE -> "the database (store)";
      case DOMAINS -> "James' list of domains (domains)";
    };
  }

  private Html unknown() {
    List<UnknownDomain> unknown = shown.figures().unknownDomains();
    if (unknown.isEmpty()) {
      return Html.none();
    }
    return el(
        "section",
        el("h2", "Refused domains"),
        el(
            "p",
            "Reports came about these domains, which James does not serve. Is one of them yours?"
                + " Then add it to the parameter domains, and judge its reports again."),
        Tables.table(
            "Domains that are not ours",
            List.of("Domain", "Told by", "Reports"),
            unknown.stream()
                .map(
                    one ->
                        el(
                            "tr",
                            el("th", one.domain().value()).with("scope", "row"),
                            el("td", one.reporter().value()),
                            Tables.number(one.count())))
                .toList()));
  }

  private Html never() {
    List<DomainName> never = shown.neverReported();
    if (never.isEmpty()) {
      return Html.none();
    }
    String first = never.getFirst().value();
    return el(
        "section",
        el("h2", "Domains without any report"),
        el(
            "p",
            "Nobody has reported about "
                + Words.count(never.size(), "domain", "domains")
                + " that James serves. Publish where reports are to be sent, with the address of"
                + " your rua mailbox:"),
        el("pre", DnsRecords.tlsRpt(first)).with("tabindex", "0"),
        el(
            "ul",
            all(
                never.stream()
                    .limit(MOST_NAMES)
                    .map(domain -> el("li", a(links.domain(domain.value()), domain.value())))
                    .toList())),
        never.size() > MOST_NAMES
            ? el("p", "… and " + Words.number(never.size() - (long) MOST_NAMES) + " more")
            : Html.none());
  }

  private Html rejections() {
    if (shown.rejections().isEmpty()) {
      return Html.none();
    }
    return el(
        "section",
        el("h2", "Last rejections"),
        Tables.table(
            "The last 100 since the start, the last one first",
            List.of("Received", "Mail", "Reason", "Detail"),
            shown.rejections().stream().map(ReceiverPage::row).toList()));
  }

  private static Html row(RejectedMail rejected) {
    return el(
        "tr",
        el("th", Words.time(rejected.receivedAt())).with("scope", "row"),
        el("td", PlainText.of(rejected.mail())),
        el("td", rejected.reason().key()),
        el("td", ReceiverHealth.detail(rejected)));
  }

  private Html settings() {
    return el(
        "section",
        el("h2", "Settings"),
        el(
            "dl",
            fact("Version", shown.figures().version()),
            fact("dkim", shown.figures().dkimMode()),
            fact(
                "Domains",
                Words.number(shown.domains())
                    + " of at most "
                    + Words.number(shown.figures().domainLimit()))));
  }

  private static Html fact(String name, String value) {
    return all(el("dt", name), el("dd", value));
  }
}
