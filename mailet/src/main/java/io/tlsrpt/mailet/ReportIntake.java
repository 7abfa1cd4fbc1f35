// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.mailet;

import io.tlsrpt.figures.Contribution;
import io.tlsrpt.figures.DomainState;
import io.tlsrpt.figures.ReceivedReport;
import io.tlsrpt.figures.RejectionReason;
import io.tlsrpt.figures.ReportIdentity;
import io.tlsrpt.figures.ReportOutcome;
import io.tlsrpt.figures.ReportOutcome.Accepted;
import io.tlsrpt.figures.ReportOutcome.Duplicate;
import io.tlsrpt.figures.ReportOutcome.Rejected;
import io.tlsrpt.mailet.ReportParts.Search.Found;
import io.tlsrpt.mailet.ReportParts.Search.NotFound;
import io.tlsrpt.report.ParseResult;
import io.tlsrpt.report.PolicyDomain;
import io.tlsrpt.report.PolicyResult;
import io.tlsrpt.report.ReportParser;
import io.tlsrpt.report.TlsReport;
import io.tlsrpt.store.ReportStore;
import io.tlsrpt.store.StoreOutcome;
import jakarta.mail.MessagingException;
import jakarta.mail.Part;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The way of a mail, one verb a step: find the report parts → decompress and parse under limits →
 * keep our domains → commit ═ → publish → count. Bad input ends in an outcome, never in an
 * exception. May be used by many threads at once.
 */
final class ReportIntake {
  private final ReportParser parser;
  private final PolicyDomains ours;
  private final ReportStore store;
  private final ReceiverBoard board;

  ReportIntake(ReportParser parser, PolicyDomains ours, ReportStore store, ReceiverBoard board) {
    this.parser = parser;
    this.ours = ours;
    this.store = store;
    this.board = board;
  }

  /**
   * Judges every report in a mail; at least one outcome, since a mail without any is one rejection.
   */
  List<ReportOutcome> accept(Envelope mail) {
    try {
      MimeMessage message = mail.message();
      ReportHeader header = ReportHeader.of(message);
      return switch (ReportParts.in(message)) {
        case NotFound(Rejected why) -> List.of(board.judge(mail.arrival(), () -> why));
        case Found(List<Part> parts) ->
            parts.stream()
                .map(part -> board.judge(mail.arrival(), () -> judge(mail, header, part)))
                .toList();
      };
    } catch (MessagingException e) {
      Rejected why =
          new Rejected(RejectionReason.NOT_A_REPORT, "the MIME structure of the mail is broken");
      return List.of(board.judge(mail.arrival(), () -> why));
    }
  }

  private ReportOutcome judge(Envelope mail, ReportHeader header, Part part) {
    return switch (parse(part)) {
      case ParseResult.Malformed(ParseResult.Reason reason, String where) ->
          new Rejected(reason(reason), where);
      case ParseResult.Parsed(TlsReport report) ->
          commit(
              new ReceivedReport(header.claimedReporter(), mail.arrival().receivedAt(), report),
              header);
    };
  }

  private ParseResult parse(Part part) {
    try (InputStream body = part.getInputStream()) {
      return parser.parse(body);
    } catch (MessagingException | IOException | UncheckedIOException e) {
      // The mail is in memory: what cannot be read of it is its own fault.
      return new ParseResult.Malformed(
          ParseResult.Reason.MALFORMED, "the transfer encoding of the report is broken");
    }
  }

  private ReportOutcome commit(ReceivedReport received, ReportHeader header) {
    Map<PolicyDomain, List<PolicyResult>> entries = ourEntries(received.report(), header);
    if (entries.isEmpty()) {
      return new Rejected(RejectionReason.UNKNOWN_DOMAIN, "no policy domain of the report is ours");
    }
    List<Contribution> contributions = new ArrayList<>();
    entries.forEach(
        (domain, results) -> contributions.add(Contribution.of(received, domain, results)));
    if (!contributions.stream().allMatch(Contribution::isPlausible)) {
      return new Rejected(
          RejectionReason.INVALID_COUNT,
          "counts of one domain add up to more than " + ReportParser.MAX_COUNT);
    }
    return switch (store.commit(ReportIdentity.of(received), contributions)) {
      case StoreOutcome.Refused(Rejected why) -> why;
      case StoreOutcome.AlreadyStored already -> new Duplicate();
      case StoreOutcome.Stored(List<DomainState> states) -> {
        board.publish(states);
        yield new Accepted();
      }
    };
  }

  /** The entries that speak of our domains; foreign ones are left out (RFC 8460 §7). */
  private Map<PolicyDomain, List<PolicyResult>> ourEntries(TlsReport report, ReportHeader header) {
    Map<PolicyDomain, List<PolicyResult>> entries = new TreeMap<>();
    for (PolicyResult entry : report.policies()) {
      entry
          .policy()
          .policyDomain()
          .or(header::policyDomain)
          .filter(ours::contains)
          .ifPresent(domain -> entries.computeIfAbsent(domain, d -> new ArrayList<>()).add(entry));
    }
    return entries;
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
