// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.receiver.mime;

import static java.util.Objects.requireNonNull;

import io.tlsrpt.report.ContentForm;
import io.tlsrpt.report.Deviation;
import io.tlsrpt.report.Deviations;
import io.tlsrpt.report.ParseResult;
import io.tlsrpt.report.ReadingBudget;
import io.tlsrpt.report.parser.ReportParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/**
 * Decodes the transfer encoding of a body part and parses its reports. May be used by many threads
 * at once.
 */
public final class BodyReader {
  /** Decoded octets that tell how a part begins. */
  private static final int LOOK_AHEAD = 4_096;

  private final ReportParser parser;

  /** Reads with a parser, whose limits hold. */
  public BodyReader(ReportParser parser) {
    this.parser = requireNonNull(parser, "parser");
  }

  /**
   * A budget for one mail: the limits that its reports share.
   *
   * @param onLarge see {@link ReportParser#budget}
   */
  public ReadingBudget budget(Runnable onLarge) {
    return parser.budget(onLarge);
  }

  /** Reads a part that is labelled as a report. Gives its reports, or why there is none. */
  public List<ParseResult> read(BodyPart part, ReadingBudget budget) {
    return read(part, part.type().form(), budget);
  }

  /** Reads a part that is not labelled as a report. If it is none, the result is malformed. */
  public List<ParseResult> readUnlabelled(BodyPart part, ReadingBudget budget) {
    return read(part, ContentForm.UNKNOWN, budget);
  }

  /** Whether a part begins as a report does, in any form. Other parts need not be read at all. */
  public boolean mayBeReport(BodyPart part) {
    try (InputStream body = part.open()) {
      byte[] beginning = body.readNBytes(LOOK_AHEAD);
      return ReportParser.mayBeReport(beginning, beginning.length < LOOK_AHEAD);
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * The form in which a report seems to be in a part that does not begin as one; for a log line.
   */
  public Optional<String> otherForm(BodyPart part) {
    try (InputStream body = part.open()) {
      return ReportParser.otherForm(body.readNBytes(LOOK_AHEAD));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /**
   * Decodes and parses a part. The mail is in memory, so an I/O error is no failure of a disk or a
   * network: the transfer encoding itself is broken, and trying again would not help.
   */
  private List<ParseResult> read(BodyPart part, ContentForm labelled, ReadingBudget budget) {
    try (InputStream body = part.open()) {
      return parser.parse(body, labelled, budget).stream()
          .map(result -> noted(result, part))
          .toList();
    } catch (IOException | UncheckedIOException e) {
      // The sender's fault, so the report is rejected and the mail does not wait.
      return List.of(
          new ParseResult.Malformed(
              ParseResult.Reason.MALFORMED, "the transfer encoding of the report is broken"));
    }
  }

  /** Adds what the part's own header does otherwise than the RFCs say. */
  private static ParseResult noted(ParseResult result, BodyPart part) {
    if (!(result instanceof ParseResult.Parsed(var report, Deviations deviations, long size))) {
      return result;
    }
    Deviations noted = deviations;
    if (!part.type().isRegistered()) {
      noted = noted.plus(Deviation.MEDIA_TYPE);
    }
    if (!part.encoding().isKnown()) {
      noted = noted.plus(Deviation.TRANSFER_ENCODING);
    }
    if (!part.type().toTheLetter() || !part.encoding().toTheLetter()) {
      noted = noted.plus(Deviation.MIME_SYNTAX);
    }
    return new ParseResult.Parsed(report, noted, size);
  }
}
