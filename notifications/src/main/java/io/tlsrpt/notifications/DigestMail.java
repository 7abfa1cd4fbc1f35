// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.notifications;

import io.tlsrpt.figures.DomainHealth;
import io.tlsrpt.figures.FailureFigures;
import io.tlsrpt.figures.ReporterFigures;
import io.tlsrpt.figures.posture.CheckStatus;
import io.tlsrpt.figures.posture.MxCheck;
import io.tlsrpt.figures.posture.Posture;
import io.tlsrpt.figures.receiver.ReceiverState;
import io.tlsrpt.figures.receiver.RejectionReason;
import io.tlsrpt.report.DomainName;
import io.tlsrpt.view.DomainRow;
import io.tlsrpt.view.FiguresSource;
import io.tlsrpt.view.ReceiverFigures;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The subject and the text of a digest: how all domains are, on one screen. */
final class DigestMail {
  private static final int MOST_FAILING = 8;
  private static final int MOST_OTHERS = 5;

  /** A failure of a day is over two days later as a rule, when its reporters have told so. */
  private static final int DAYS_TO_TELL = 2;

  private final FiguresSource source;
  private final DigestRhythm rhythm;
  private final ReceiverState before;
  private final ReceiverFigures receiver;
  private final LocalDate today;
  private final List<DomainRow> rows;
  private final Flowed text = new Flowed();

  /**
   * A digest of now.
   *
   * @param before the receiver at the last digest, or at its start
   */
  DigestMail(FiguresSource source, DigestRhythm rhythm, ReceiverState before, Instant now) {
    this.source = source;
    this.rhythm = rhythm;
    this.before = before;
    this.receiver = source.receiver();
    this.today = LocalDate.ofInstant(now, ZoneOffset.UTC);
    this.rows = DomainRow.all(source);
  }

  /** Whether a report has come or something is wrong; if not, a digest says only that it lives. */
  boolean hasNews() {
    return rows.stream()
            .anyMatch(row -> row.figures().failing() || row.health() == DomainHealth.SILENT)
        || receiver.storeError().isPresent()
        || !found().isEmpty()
        || !certificates().isEmpty()
        || receiver.state().received() > before.received()
        || rows.stream().anyMatch(this::hasHeard);
  }

  /** In the days of this digest, from this server or another. */
  private boolean hasHeard(DomainRow row) {
    LocalDate since = today.minusDays(rhythm.days());
    return row.figures()
        .totals()
        .lastReportTime()
        .filter(last -> !LocalDate.ofInstant(last, ZoneOffset.UTC).isBefore(since))
        .isPresent();
  }

  EventMail.Written write(Instant since) {
    text.paragraph(
        Words.count(rows.size(), "domain")
            + (rows.isEmpty() ? ", and no report has come." : ": " + states() + "."));
    receiver
        .storeError()
        .ifPresent(
            error -> {
              text.paragraph("Reports cannot be stored now. The database says:");
              text.line(SenderText.of(error));
            });
    writeList("Failing:", MOST_FAILING, failing());
    writeList("Over now:", MOST_OTHERS, ended());
    writeList("Found by this server's own looks:", MOST_OTHERS, found());
    writeList("Certificates that end:", MOST_OTHERS, certificates());
    writeList("Silent, so that nobody would tell:", MOST_OTHERS, silent());
    writeList("Could go from mode testing to enforce:", MOST_OTHERS, ready());
    writeList("Without any report yet:", MOST_OTHERS, names(DomainHealth.NEVER));
    writeReports(since);
    return new EventMail.Written(
        Subjects.of(
            (rhythm == DigestRhythm.WEEKLY ? "week to " : "")
                + Words.shortDay(today)
                + ", "
                + worst()),
        text);
  }

  /** Such as {@code 2 of 14 domains lose mail}. */
  private String worst() {
    for (DomainHealth health : List.of(DomainHealth.LOSING, DomainHealth.FAILING)) {
      long count = rows.stream().filter(row -> row.health() == health).count();
      if (count > 0) {
        return count + " of " + Words.count(rows.size(), "domain") + " " + word(health, count);
      }
    }
    return Words.count(rows.size(), "domain") + ", no failure";
  }

  private String states() {
    Map<DomainHealth, Long> counts =
        rows.stream()
            .collect(
                Collectors.groupingBy(
                    DomainRow::health,
                    () -> new EnumMap<>(DomainHealth.class),
                    Collectors.counting()));
    return counts.entrySet().stream()
        .map(count -> count.getValue() + " " + word(count.getKey(), count.getValue()))
        .collect(Collectors.joining(", "));
  }

  private static String word(DomainHealth health, long count) {
    boolean one = count == 1;
    return switch (health) {
      case LOSING -> one ? "loses mail" : "lose mail";
      case FAILING -> one ? "fails" : "fail";
      case SILENT -> one ? "is silent" : "are silent";
      case NEVER -> one ? "has no report yet" : "have no report yet";
      case FINE -> one ? "is fine" : "are fine";
    };
  }

  private List<String> failing() {
    return rows.stream()
        .filter(row -> row.figures().failing())
        .map(
            row ->
                row.domain()
                    + (row.health() == DomainHealth.LOSING ? " loses mail" : "")
                    + row.figures()
                        .oldestActiveFailure()
                        .map(day -> ", since " + Words.shortDay(day))
                        .orElse("")
                    + ": "
                    + Subjects.kinds(row.figures().activeFailures().kinds()))
        .toList();
  }

  private List<String> found() {
    return source.postures().domains().stream()
        .filter(posture -> posture.problems() > 0)
        .sorted(Comparator.comparing(Posture::domain))
        .map(posture -> posture.domain() + ": " + Words.some(failing(posture), MOST_OTHERS))
        .toList();
  }

  private static List<String> failing(Posture posture) {
    return posture.checks().entrySet().stream()
        .filter(check -> check.getValue().status() == CheckStatus.FAILING)
        .map(check -> check.getKey().key())
        .toList();
  }

  /** Those whose renewal should have happened, or that have ended. */
  private List<String> certificates() {
    return source.postures().hosts().stream()
        .filter(host -> host.check(MxCheck.CERTIFICATE_LASTS).status() == CheckStatus.FAILING)
        .flatMap(
            host ->
                host.tls().stream()
                    .map(
                        tls ->
                            host.host()
                                + ", MX host of "
                                + Words.count(host.domains(), "domain")
                                + ": "
                                + Words.day(
                                    LocalDate.ofInstant(tls.certificateExpires(), ZoneOffset.UTC))))
        .sorted()
        .toList();
  }

  private List<String> ended() {
    LocalDate since = today.minusDays(rhythm.days() + DAYS_TO_TELL);
    return rows.stream()
        .flatMap(
            row ->
                row.figures().failures().stream()
                    .filter(failure -> failure.activeSessions() == 0)
                    .filter(failure -> !failure.lastSeen().isBefore(since))
                    .map(failure -> ended(row.domain(), failure)))
        .toList();
  }

  private static String ended(DomainName domain, FailureFigures failure) {
    return domain
        + ": "
        + failure.kind().key()
        + ", last seen "
        + Words.shortDay(failure.lastSeen());
  }

  private List<String> silent() {
    return rows.stream()
        .filter(row -> row.health() == DomainHealth.SILENT)
        .map(row -> row.domain() + ": " + silentReporters(row.domain()))
        .toList();
  }

  private String silentReporters(DomainName domain) {
    List<ReporterFigures> reporters = source.domain(domain).reporterFigures(source.now());
    List<String> overdue =
        reporters.stream()
            .filter(ReporterFigures::overdue)
            .map(
                reporter ->
                    reporter.reporter()
                        + " since "
                        + Words.shortDay(LocalDate.ofInstant(reporter.lastHeard(), ZoneOffset.UTC)))
            .toList();
    return overdue.isEmpty() ? "nobody has reported for long" : Words.some(overdue, 2);
  }

  private List<String> ready() {
    return rows.stream()
        .filter(row -> row.figures().enforceReady())
        .map(row -> row.domain().value())
        .toList();
  }

  private List<String> names(DomainHealth health) {
    return rows.stream()
        .filter(row -> row.health() == health)
        .map(row -> row.domain().value())
        .toList();
  }

  private void writeReports(Instant since) {
    ReceiverState now = receiver.state();
    text.paragraph(
        "Since "
            + Words.time(since)
            + " this server has counted "
            + Words.count(now.accepted() - before.accepted(), "report")
            + " and rejected "
            + Words.count(now.rejected() - before.rejected(), "report")
            + (now.rejected() > before.rejected() ? ":" : "."));
    Map<RejectionReason, Long> reasons = new EnumMap<>(RejectionReason.class);
    for (RejectionReason reason : RejectionReason.values()) {
      reasons.put(reason, now.rejected(reason) - before.rejected(reason));
    }
    reasons.entrySet().stream()
        .filter(reason -> reason.getValue() > 0)
        .sorted(Map.Entry.<RejectionReason, Long>comparingByValue(Comparator.reverseOrder()))
        .limit(MOST_OTHERS)
        .forEach(reason -> text.line(reason.getKey().key() + ": " + reason.getValue()));
    if (now.rejected() > before.rejected()) {
      text.paragraph("What each reason means: docs/operations.md, \"Why a report is rejected\".");
    }
    Optional.of(now.deferred())
        .filter(waiting -> waiting > 0)
        .ifPresent(waiting -> text.paragraph(Words.count(waiting, "report") + " wait now."));
  }

  private void writeList(String title, int most, List<String> lines) {
    if (lines.isEmpty()) {
      return;
    }
    text.paragraph(title);
    lines.stream().limit(most).forEach(text::line);
    if (lines.size() > most) {
      text.line("and " + (lines.size() - most) + " more");
    }
  }
}
