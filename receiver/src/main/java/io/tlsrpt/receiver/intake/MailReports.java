// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.receiver.intake;

import io.tlsrpt.dkim.Authenticity.Authenticated;
import io.tlsrpt.figures.FailureWindow;
import io.tlsrpt.figures.ReceivedReport;
import io.tlsrpt.figures.ReportIdentity;
import io.tlsrpt.figures.receiver.RejectionReason;
import io.tlsrpt.figures.receiver.ReportOutcome.Rejected;
import io.tlsrpt.receiver.intake.Checked.Failed;
import io.tlsrpt.receiver.intake.Checked.Passed;
import io.tlsrpt.receiver.mime.BodyPart;
import io.tlsrpt.receiver.mime.BodyReader;
import io.tlsrpt.receiver.mime.ReportHeader;
import io.tlsrpt.receiver.mime.ReportParts;
import io.tlsrpt.receiver.mime.ReportParts.Search.Broken;
import io.tlsrpt.receiver.mime.ReportParts.Search.Found;
import io.tlsrpt.receiver.mime.ReportParts.Search.TooMuch;
import io.tlsrpt.report.Deviation;
import io.tlsrpt.report.Deviations;
import io.tlsrpt.report.DomainName;
import io.tlsrpt.report.ParseResult;
import io.tlsrpt.report.ParseResult.Malformed;
import io.tlsrpt.report.ParseResult.Parsed;
import io.tlsrpt.report.ReadingBudget;
import io.tlsrpt.report.TlsReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Finds the reports in a mail and reads them, or says why it has none. */
public final class MailReports {
  private static final String NOTHING = "no body part is a TLS report";

  private final ReportParts parts;
  private final BodyReader bodies;
  private final FailureWindow window;
  private final Duration retention;

  /**
   * Finds and reads with these; {@code window} and {@code retention} tell what is late or too old.
   */
  public MailReports(
      ReportParts parts, BodyReader bodies, FailureWindow window, Duration retention) {
    this.parts = parts;
    this.bodies = bodies;
    this.window = window;
    this.retention = retention;
  }

  /** Finds what may be reports; nothing is decompressed or parsed. */
  Checked<Candidates, IntakeResult> find(Envelope mail) {
    return switch (parts.in(mail.mail())) {
      case TooMuch(String why) -> ended(new Rejected(RejectionReason.LIMIT, why));
      case Broken(String why) -> ended(new Rejected(RejectionReason.MALFORMED, why));
      case Found found -> {
        List<BodyPart> possible = found.others().stream().filter(bodies::mayBeReport).toList();
        yield found.labelled().isEmpty() && possible.isEmpty()
            ? ended(notAReport(NOTHING + whatElse(mail, found)))
            : new Passed<>(
                new Candidates(ReportHeader.of(mail.mail().header()), found.labelled(), possible));
      }
    };
  }

  private static Checked<Candidates, IntakeResult> ended(Rejected why) {
    return new Failed<>(IntakeResult.Judged.of(why));
  }

  /** A hint why the mail has no report; empty for mail that does not claim to have one. */
  private String whatElse(Envelope mail, Found found) {
    if (found.hasForwardedReport()) {
      return ", but one seems to be inside a forwarded mail: only a mail straight from its reporter"
          + " can be verified";
    }
    return ReportHeader.announcesReport(mail.mail().header())
        ? found.others().stream()
            .flatMap(part -> bodies.otherForm(part).stream())
            .findFirst()
            .map(form -> ", but one looks like " + form)
            .orElse("")
        : "";
  }

  /**
   * Reads the parts labelled as reports, and the other parts whose content is a report. The result
   * is never empty: a mail without a report gives the reason.
   *
   * @param author who answers for them
   * @param onLarge run before the reports take much memory
   */
  List<Checked<ReadReport, Rejected>> read(
      Envelope mail, Candidates found, Authenticated author, Runnable onLarge) {
    List<Checked<ReadReport, Rejected>> readouts = new ArrayList<>();
    ReadingBudget budget = bodies.budget(onLarge);
    for (BodyPart part : found.labelled()) {
      readouts.addAll(read(mail, found.header(), author, () -> bodies.read(part, budget)));
    }
    for (BodyPart part : found.others()) {
      for (Checked<ReadReport, Rejected> readout :
          read(mail, found.header(), author, () -> bodies.readUnlabelled(part, budget))) {
        if (readout instanceof Passed<ReadReport, Rejected>) {
          readouts.add(readout);
        }
      }
    }
    return readouts.isEmpty() ? List.of(new Failed<>(notAReport(NOTHING))) : distinct(readouts);
  }

  private static Rejected notAReport(String why) {
    return new Rejected(RejectionReason.NOT_A_REPORT, why);
  }

  /** Keeps one of several equal reports in a mail, as when it has both JSON and gzip. */
  private static List<Checked<ReadReport, Rejected>> distinct(
      List<Checked<ReadReport, Rejected>> readouts) {
    Set<ReportIdentity> seen = new HashSet<>();
    return readouts.stream()
        .filter(
            readout ->
                switch (readout) {
                  case Passed<ReadReport, Rejected>(ReadReport report) ->
                      seen.add(report.identity());
                  case Failed<ReadReport, Rejected> failed -> true;
                })
        .toList();
  }

  private List<Checked<ReadReport, Rejected>> read(
      Envelope mail,
      ReportHeader header,
      Authenticated author,
      Supplier<List<ParseResult>> reading) {
    try {
      return reading.get().stream().map(result -> readout(mail, header, author, result)).toList();
    } catch (Throwable e) {
      return List.of(new Failed<>(Guard.rejection(mail.arrival(), e)));
    }
  }

  private Checked<ReadReport, Rejected> readout(
      Envelope mail, ReportHeader header, Authenticated author, ParseResult result) {
    return switch (result) {
      case Malformed(ParseResult.Reason reason, String where) ->
          new Failed<>(new Rejected(reason(reason), where));
      case Parsed(TlsReport report, Deviations deviations, long size) -> {
        ReceivedReport received =
            new ReceivedReport(author.reporter(), mail.arrival().receivedAt(), report, retention);
        yield received.isTooOld()
            ? new Failed<>(tooOld(received))
            : new Passed<>(report(received, header, author, deviations, size));
      }
    };
  }

  private Rejected tooOld(ReceivedReport received) {
    return new Rejected(
        RejectionReason.TOO_OLD,
        "its range ended on %s, which is longer ago than retention = %d days"
            .formatted(
                received.report().dateRange().orElseThrow().endDatetime(), retention.toDays()));
  }

  private ReadReport report(
      ReceivedReport received,
      ReportHeader header,
      Authenticated author,
      Deviations deviations,
      long size) {
    Deviations all = header.deviations(deviations, received.report());
    if (received.hasAbsurdRange()) {
      all = all.plus(Deviation.DATE_RANGE_ABSURD);
    }
    if (received.isLate(window)) {
      all = all.plus(Deviation.LATE);
    }
    Optional<DomainName> headerDomain = header.vouchedDomain(author.signed());
    return new ReadReport(
        received,
        ReportIdentity.of(received),
        all,
        headerDomain,
        headerDomain.isEmpty() && header.policyDomain().isPresent(),
        size);
  }

  private static RejectionReason reason(ParseResult.Reason reason) {
    return switch (reason) {
      case DECOMPRESSION -> RejectionReason.DECOMPRESSION;
      case REPORT_TOO_LARGE -> RejectionReason.REPORT_TOO_LARGE;
      case LIMIT -> RejectionReason.LIMIT;
      case MALFORMED -> RejectionReason.MALFORMED;
      case NO_POLICIES -> RejectionReason.NO_POLICIES;
      case INVALID_COUNT -> RejectionReason.INVALID_COUNT;
      case INVALID_DOMAIN -> RejectionReason.INVALID_DOMAIN;
    };
  }
}
