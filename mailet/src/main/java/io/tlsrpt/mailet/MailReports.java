// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.mailet;

import io.tlsrpt.figures.FailureWindow;
import io.tlsrpt.figures.ReceivedReport;
import io.tlsrpt.figures.RejectionReason;
import io.tlsrpt.figures.ReportIdentity;
import io.tlsrpt.figures.ReportOutcome.Rejected;
import io.tlsrpt.mailet.Readout.Refused;
import io.tlsrpt.mailet.Readout.Report;
import io.tlsrpt.mailet.ReportParts.Leaf;
import io.tlsrpt.mailet.ReportParts.Search.Found;
import io.tlsrpt.mailet.ReportParts.Search.TooMuch;
import io.tlsrpt.report.Deviation;
import io.tlsrpt.report.Deviations;
import io.tlsrpt.report.ParseResult;
import io.tlsrpt.report.ParseResult.Malformed;
import io.tlsrpt.report.ParseResult.Parsed;
import io.tlsrpt.report.TlsReport;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** Reads the reports out of a mail, or why it has none. */
final class MailReports {
  private final ReportParts parts;
  private final BodyReader bodies;
  private final FailureWindow window;

  MailReports(ReportParts parts, BodyReader bodies, FailureWindow window) {
    this.parts = parts;
    this.bodies = bodies;
    this.window = window;
  }

  /** At least one: a mail without a report gives the reason. */
  List<Readout> in(Envelope mail) {
    return Guard.guarded(mail.arrival(), () -> read(mail), why -> List.of(new Refused(why)));
  }

  private List<Readout> read(Envelope mail) {
    try {
      MimeMessage message = mail.message();
      ReportHeader header = ReportHeader.of(message);
      return switch (parts.in(message)) {
        case TooMuch(Rejected why) -> List.of(new Refused(why));
        case Found found -> readOf(mail, header, found);
      };
    } catch (MessagingException e) {
      return notAReport("the MIME structure of the mail is broken");
    }
  }

  /**
   * All that is labelled as a report, and of the other parts those that are one by their content.
   */
  private List<Readout> readOf(Envelope mail, ReportHeader header, Found found) {
    List<Readout> readouts = new ArrayList<>();
    for (Leaf leaf : found.labelled()) {
      readouts.add(read(mail, header, () -> bodies.read(leaf)));
    }
    for (Leaf leaf : found.others()) {
      if (read(mail, header, () -> bodies.readUnlabelled(leaf)) instanceof Report report) {
        readouts.add(report);
      }
    }
    return readouts.isEmpty() ? notAReport("no body part is a TLS report") : distinct(readouts);
  }

  private static List<Readout> notAReport(String why) {
    return List.of(new Refused(new Rejected(RejectionReason.NOT_A_REPORT, why)));
  }

  /** The same report twice in one mail, as JSON and as gzip perhaps, is one. */
  private static List<Readout> distinct(List<Readout> readouts) {
    Set<ReportIdentity> seen = new HashSet<>();
    return readouts.stream()
        .filter(readout -> !(readout instanceof Report report) || seen.add(report.identity()))
        .toList();
  }

  private Readout read(Envelope mail, ReportHeader header, Supplier<ParseResult> reading) {
    return Guard.guarded(
        mail.arrival(),
        () ->
            switch (reading.get()) {
              case Malformed(ParseResult.Reason reason, String where) ->
                  new Refused(new Rejected(reason(reason), where));
              case Parsed(TlsReport report, Deviations deviations) ->
                  received(mail, header, report, deviations);
            },
        Refused::new);
  }

  private Report received(
      Envelope mail, ReportHeader header, TlsReport report, Deviations deviations) {
    ReceivedReport received =
        new ReceivedReport(header.claimedReporter(), mail.arrival().receivedAt(), report);
    Deviations all = header.deviations(deviations, report);
    if (received.hasAbsurdRange()) {
      all = all.plus(Deviation.DATE_RANGE_ABSURD);
    }
    if (received.isLate(window)) {
      all = all.plus(Deviation.LATE);
    }
    return new Report(received, ReportIdentity.of(received), all, header.policyDomain());
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
