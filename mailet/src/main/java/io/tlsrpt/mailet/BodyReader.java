// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.mailet;

import io.tlsrpt.mailet.ReportParts.Leaf;
import io.tlsrpt.report.ContentForm;
import io.tlsrpt.report.Deviation;
import io.tlsrpt.report.Deviations;
import io.tlsrpt.report.ParseResult;
import io.tlsrpt.report.ReportParser;
import jakarta.mail.MessagingException;
import jakarta.mail.Part;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeUtility;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.Locale;

/** Takes the transfer encoding off a body part and has it parsed. */
final class BodyReader {
  private static final int LOOK_AHEAD = 4_096;

  private final ReportParser parser;

  BodyReader(ReportParser parser) {
    this.parser = parser;
  }

  /** Reads a part that is labelled as a report. */
  ParseResult read(Leaf leaf) {
    return read(leaf, leaf.type().form());
  }

  /** Reads a part that may be a report all the same: what is none is malformed. */
  ParseResult readUnlabelled(Leaf leaf) {
    return read(leaf, ContentForm.UNKNOWN);
  }

  /** Whether a part begins as a report does, in whatever form: spares mere mails all the rest. */
  boolean mayBeReport(Leaf leaf) {
    try {
      TransferEncoding encoding = TransferEncoding.of(leaf.part());
      try (InputStream body = encoding.decode(raw(leaf.part()))) {
        byte[] beginning = body.readNBytes(LOOK_AHEAD);
        return ReportParser.mayBeReport(beginning, beginning.length < LOOK_AHEAD);
      }
    } catch (MessagingException | IOException | UncheckedIOException e) {
      return false;
    }
  }

  private ParseResult read(Leaf leaf, ContentForm labelled) {
    try {
      TransferEncoding encoding = TransferEncoding.of(leaf.part());
      try (InputStream body = encoding.decode(raw(leaf.part()))) {
        return noted(parser.parse(body, labelled), leaf.type(), encoding);
      }
    } catch (MessagingException | IOException | UncheckedIOException e) {
      // The mail is in memory: what cannot be read of it is its own fault.
      return new ParseResult.Malformed(
          ParseResult.Reason.MALFORMED, "the transfer encoding of the report is broken");
    }
  }

  private static ParseResult noted(ParseResult result, MediaType type, TransferEncoding encoding) {
    if (!(result instanceof ParseResult.Parsed(var report, Deviations deviations, long size))) {
      return result;
    }
    Deviations noted = type.isRegistered() ? deviations : deviations.plus(Deviation.MEDIA_TYPE);
    return new ParseResult.Parsed(
        report, encoding.isKnown() ? noted : noted.plus(Deviation.TRANSFER_ENCODING), size);
  }

  private static InputStream raw(Part part) throws MessagingException {
    return switch (part) {
      case MimeBodyPart body -> body.getRawInputStream();
      case MimeMessage message -> message.getRawInputStream();
      default -> throw new IllegalArgumentException("not MIME: " + part.getClass());
    };
  }

  /**
   * RFC 2045, 6. Base64 is decoded leniently: no padding, foreign characters, a footer after the
   * end.
   */
  private record TransferEncoding(String name) {

    static TransferEncoding of(Part part) throws MessagingException {
      String[] field = part.getHeader("Content-Transfer-Encoding");
      return new TransferEncoding(
          field == null ? "7bit" : field[0].strip().toLowerCase(Locale.ROOT));
    }

    boolean isKnown() {
      return switch (name) {
        case "7bit", "8bit", "binary", "base64", "quoted-printable" -> true;
        default -> false;
      };
    }

    InputStream decode(InputStream raw) throws MessagingException {
      return switch (name) {
        case "base64" -> Base64.getMimeDecoder().wrap(raw);
        case "quoted-printable" -> MimeUtility.decode(raw, name);
        default -> raw;
      };
    }
  }
}
