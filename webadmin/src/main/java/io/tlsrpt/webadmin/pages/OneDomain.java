// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.webadmin.pages;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tlsrpt.figures.DomainState;
import io.tlsrpt.figures.PolicyKind;
import io.tlsrpt.figures.ReporterFigures;
import io.tlsrpt.figures.SessionCounts;
import io.tlsrpt.figures.guide.FailureAdvice;
import io.tlsrpt.figures.history.ReportsOfDay;
import io.tlsrpt.report.DomainName;
import io.tlsrpt.report.PlainText;
import io.tlsrpt.view.DomainRow;
import io.tlsrpt.view.FailureExplained;
import io.tlsrpt.view.FiguresSource;
import io.tlsrpt.view.Summary;
import io.tlsrpt.webadmin.http.Answer;
import io.tlsrpt.webadmin.http.Links;
import io.tlsrpt.webadmin.http.Parameters;
import io.tlsrpt.webadmin.markup.Html;
import io.tlsrpt.webadmin.markup.Words;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;

/**
 * One domain: what fails, since when, and what to do.
 *
 * @param time at which the figures were taken
 * @param summary in one or two sentences
 * @param lookBack how many days are shown
 * @param days those with reports, in order
 * @param failures the active ones first
 * @param reporters the last heard of first
 */
public record OneDomain(
    Instant time,
    DomainRow row,
    String summary,
    int lookBack,
    List<ReportsOfDay> days,
    List<FailureExplained> failures,
    Published published,
    List<ReporterFigures> reporters)
    implements Resource {
  private static final int USUAL_DAYS = 30;
  private static final int MOST_DAYS = 400;

  public OneDomain {
    requireNonNull(time, "time");
    requireNonNull(row, "row");
    requireNonNull(summary, "summary");
    days = List.copyOf(days);
    failures = List.copyOf(failures);
    requireNonNull(published, "published");
    reporters = List.copyOf(reporters);
  }

  /** A domain of which something is known, or which is served; else nothing is there. */
  public static Resource of(String name, Running running, Parameters parameters) {
    int days = parameters.number("days", USUAL_DAYS, 1, MOST_DAYS);
    return DomainName.parse(name)
        .filter(domain -> isKnown(domain, running.source()))
        .map(domain -> of(domain, days, running))
        .map(Resource.class::cast)
        .orElseGet(
            () ->
                new Problem(
                    Answer.NOT_FOUND,
                    "Nothing is known of the domain '"
                        + PlainText.of(name)
                        + "': no report about it has been counted, and James does not serve it."));
  }

  private static boolean isKnown(DomainName domain, FiguresSource source) {
    return source.domain(domain).totals().reports() > 0 || source.neverReported().contains(domain);
  }

  private static OneDomain of(DomainName domain, int lookBack, Running running) {
    FiguresSource source = running.source();
    Instant now = source.now();
    DomainState state = source.domain(domain);
    DomainRow row = DomainRow.of(state, source);
    List<ReporterFigures> reporters = state.reporterFigures(now);
    LocalDate since = LocalDate.ofInstant(now, ZoneOffset.UTC).minusDays(lookBack);
    return new OneDomain(
        now,
        row,
        Summary.of(row, reporters, now),
        lookBack,
        running.history().days(domain, since),
        row.figures().failures().stream()
            .map(failure -> FailureExplained.of(row.figures(), failure, source))
            .sorted(
                Comparator.comparingLong(
                        (FailureExplained failure) -> failure.failure().activeSessions())
                    .thenComparing(failure -> failure.failure().lastSeen())
                    .reversed())
            .toList(),
        Published.of(domain, source),
        reporters);
  }

  @Override
  public String title() {
    return row.domain().value();
  }

  @Override
  public Html html(Links links) {
    return new DomainPage(this, links).html();
  }

  @Override
  public void json(JsonGenerator json) throws IOException {
    json.writeStringField("time", Words.second(time));
    DomainJson.row(row, json);
    json.writeStringField("summary", summary);
    totals(json);
    json.writeArrayFieldStart("days");
    for (ReportsOfDay day : days) {
      json.writeStartObject();
      json.writeStringField("day", day.day().toString());
      sessions(day.sessions(), json);
      json.writeNumberField("reports", day.reports());
      DomainJson.failures("failures", day.failures(), json);
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeArrayFieldStart("failures");
    for (FailureExplained failure : failures) {
      failure(failure, json);
    }
    json.writeEndArray();
    json.writeObjectFieldStart("policy");
    json.writeStringField("mode", row.figures().mode().key());
    json.writeBooleanField("enforceReady", row.figures().enforceReady());
    texts("blockers", row.figures().enforceBlockers(), json);
    json.writeEndObject();
    published.json(json);
    json.writeArrayFieldStart("reporterStates");
    for (ReporterFigures reporter : reporters) {
      reporter(reporter, json);
    }
    json.writeEndArray();
  }

  private void totals(JsonGenerator json) throws IOException {
    json.writeObjectFieldStart("totals");
    json.writeNumberField("reports", row.figures().totals().reports());
    json.writeNumberField("successfulSessions", row.figures().totals().sessions().successful());
    json.writeNumberField("failedSessions", row.figures().totals().sessions().failed());
    json.writeObjectFieldStart("byPolicyType");
    for (PolicyKind kind : EnumSet.allOf(PolicyKind.class)) {
      SessionCounts counts = row.figures().totals().of(kind);
      if (counts.total() > 0) {
        json.writeObjectFieldStart(kind.key());
        sessions(counts, json);
        json.writeEndObject();
      }
    }
    json.writeEndObject();
    json.writeEndObject();
  }

  private static void sessions(SessionCounts counts, JsonGenerator json) throws IOException {
    json.writeNumberField("successful", counts.successful());
    json.writeNumberField("failed", counts.failed());
  }

  private static void failure(FailureExplained explained, JsonGenerator json) throws IOException {
    FailureAdvice advice = explained.advice();
    json.writeStartObject();
    json.writeStringField("resultType", explained.failure().kind().key());
    json.writeStringField("group", advice.group().key());
    json.writeNumberField("activeSessions", explained.failure().activeSessions());
    DomainJson.text("activeSince", explained.failure().activeSince(), json);
    json.writeStringField("firstSeen", explained.failure().firstSeen().toString());
    json.writeStringField("lastSeen", explained.failure().lastSeen().toString());
    json.writeNumberField("failedSessions", explained.failure().failedSessions());
    texts("reporters", names(explained.failure().reporters()), json);
    texts("receivingMx", plain(explained.failure().receivingMx()), json);
    json.writeStringField("verdict", explained.judgement().verdict().key());
    texts("evidence", explained.judgement().evidence(), json);
    Published.time("lookedAt", explained.judgement().lookedAt(), json);
    json.writeStringField("explanation", advice.explanation());
    texts("look", advice.look().lines().toList(), json);
    json.writeStringField("change", advice.change());
    json.writeEndObject();
  }

  private static void reporter(ReporterFigures reporter, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("reporter", reporter.reporter().value());
    json.writeStringField("lastHeard", Words.second(reporter.lastHeard()));
    if (reporter.usualGap().isPresent()) {
      json.writeNumberField("usualGapDays", reporter.usualGap().getAsInt());
    }
    json.writeBooleanField("overdue", reporter.overdue());
    json.writeStringField("policyMode", reporter.mode().key());
    json.writeStringField("newestDay", reporter.newestDay().toString());
    sessions(reporter.sessions(), json);
    DomainJson.failures("failures", reporter.failures(), json);
    json.writeEndObject();
  }

  private static void texts(String name, List<String> texts, JsonGenerator json)
      throws IOException {
    json.writeArrayFieldStart(name);
    for (String text : texts) {
      json.writeString(text);
    }
    json.writeEndArray();
  }

  static List<String> names(List<DomainName> names) {
    return names.stream().map(DomainName::value).toList();
  }

  static List<String> plain(List<String> written) {
    return written.stream().map(PlainText::of).toList();
  }
}
