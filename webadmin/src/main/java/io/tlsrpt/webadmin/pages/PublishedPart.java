// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.webadmin.pages;

import static io.tlsrpt.webadmin.markup.Html.all;
import static io.tlsrpt.webadmin.markup.Html.el;

import io.tlsrpt.figures.posture.Check;
import io.tlsrpt.figures.posture.CheckState;
import io.tlsrpt.figures.posture.CheckStatus;
import io.tlsrpt.figures.posture.Judgement;
import io.tlsrpt.figures.posture.MxCheck;
import io.tlsrpt.figures.posture.MxPosture;
import io.tlsrpt.figures.posture.Posture;
import io.tlsrpt.figures.posture.Verdict;
import io.tlsrpt.webadmin.markup.Html;
import io.tlsrpt.webadmin.markup.Tables;
import io.tlsrpt.webadmin.markup.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The part of a domain's page that says what the domain publishes. */
final class PublishedPart {
  private PublishedPart() {}

  static Html of(Published published) {
    return published.posture().map(posture -> of(posture, published.hosts())).orElseGet(Html::none);
  }

  private static Html of(Posture posture, Map<String, MxPosture> hosts) {
    return el(
        "section",
        el("h2", "What is published"),
        posture
            .lastLook()
            .map(at -> el("p", "As this server saw it ", Words.time(at), "."))
            .orElseGet(() -> el("p", "This server has not looked at it since its start.")),
        Tables.table(
            "Checks",
            List.of("Check", "Status", "Found"),
            posture.checks().entrySet().stream().map(PublishedPart::row).toList()),
        posture.mxHosts().isEmpty() ? Html.none() : mxHosts(posture, hosts));
  }

  private static Html row(Map.Entry<? extends Check, CheckState> check) {
    return el(
        "tr",
        el("th", check.getKey().key()).with("scope", "row").with("class", "whole"),
        status(check.getValue()),
        el("td", String.join("; ", check.getValue().findings())));
  }

  /** In words, and strong where it is failing: never by colour alone. */
  private static Html status(CheckState state) {
    String word = state.status().key().replace('-', ' ');
    return el("td", state.status() == CheckStatus.FAILING ? el("strong", word) : el("span", word));
  }

  private static Html mxHosts(Posture posture, Map<String, MxPosture> hosts) {
    List<String> columns = new ArrayList<>(List.of("MX host"));
    for (MxCheck check : MxCheck.values()) {
      columns.add(check.key());
    }
    columns.addAll(List.of("Certificate ends", "Found"));
    return Tables.table(
        "MX hosts",
        columns,
        posture.mxHosts().stream()
            .map(mx -> mxHost(mx, Optional.ofNullable(hosts.get(mx.host()))))
            .toList());
  }

  private static Html mxHost(Posture.MxRecord mx, Optional<MxPosture> host) {
    List<Html> cells = new ArrayList<>();
    cells.add(
        el("th", mx.preference() + " " + mx.host()).with("scope", "row").with("class", "whole"));
    for (MxCheck check : MxCheck.values()) {
      cells.add(host.map(known -> status(known.check(check))).orElseGet(() -> el("td", "–")));
    }
    cells.add(
        host.flatMap(MxPosture::tls)
            .map(tls -> el("td", Words.time(tls.certificateExpires())))
            .orElseGet(() -> el("td", "–")));
    cells.add(
        el(
            "td",
            host.map(known -> known.findings().stream().collect(Collectors.joining("; ")))
                .orElse("not looked at")));
    return el("tr", all(cells));
  }

  /** What our own looks say of a failure; nothing if they say nothing. */
  static Html evidence(Judgement judgement) {
    return judgement.verdict() == Verdict.OFF
        ? Html.none()
        : el("ul", all(judgement.evidence().stream().map(line -> el("li", line)).toList()))
            .with("class", "evidence");
  }
}
