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
 * Takes the transfer encoding off a body part and has it parsed. May be used by many threads at
 * once.
 */
public final class BodyReader {
  private static final int LOOK_AHEAD = 4_096;

  private final ReportParser parser;

  public BodyReader(ReportParser parser) {
    this.parser = requireNonNull(parser, "parser");
  }

  /**
   * What the reports of a mail may hold together.
   *
   * @param atLarge see {@link ReportParser#budget}
   */
  public ReadingBudget budget(Runnable atLarge) {
    return parser.budget(atLarge);
  }

  /** Reads a part that is labelled as a report: what is in it, or why there is none. */
  public List<ParseResult> read(BodyPart part, ReadingBudget budget) {
    return read(part, part.type().form(), budget);
  }

  /** Reads a part that may be a report all the same: what is none is malformed. */
  public List<ParseResult> readUnlabelled(BodyPart part, ReadingBudget budget) {
    return read(part, ContentForm.UNKNOWN, budget);
  }

  /** Whether a part begins as a report does, in whatever form: spares mere mails all the rest. */
  public boolean mayBeReport(BodyPart part) {
    try (InputStream body = part.open()) {
      byte[] beginning = body.readNBytes(LOOK_AHEAD);
      return ReportParser.mayBeReport(beginning, beginning.length < LOOK_AHEAD);
    } catch (IOException e) {
      return false;
    }
  }

  /** In what form a part seems to come that does not begin as a report does. */
  public Optional<String> otherForm(BodyPart part) {
    try (InputStream body = part.open()) {
      return ReportParser.otherForm(body.readNBytes(LOOK_AHEAD));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private List<ParseResult> read(BodyPart part, ContentForm labelled, ReadingBudget budget) {
    try (InputStream body = part.open()) {
      return parser.parse(body, labelled, budget).stream()
          .map(result -> noted(result, part))
          .toList();
    } catch (IOException | UncheckedIOException e) {
      // The mail is in memory: what cannot be read of it is its own fault.
      return List.of(
          new ParseResult.Malformed(
              ParseResult.Reason.MALFORMED, "the transfer encoding of the report is broken"));
    }
  }

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
