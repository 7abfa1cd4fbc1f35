// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.report.parser;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import io.tlsrpt.report.Deviation;
import io.tlsrpt.report.Deviations;
import io.tlsrpt.report.ParseResult;
import io.tlsrpt.report.ReadingBudget;
import io.tlsrpt.report.TlsReport;
import io.tlsrpt.report.UnreadableReportException;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads the reports that follow one another in the JSON of a body part. The first must be one.
 * Whatever else comes after a report does not take it away, unless it shows that no byte can be
 * trusted, or that someone tries how much we bear.
 */
final class ReportSequence {
  private final InputStream bytes;
  private final JsonParser tokens;
  private final JsonReportReader reader;
  private final Deviations.Counter deviations;

  private boolean noiseFollows;

  /**
   * Reads no byte yet.
   *
   * @param bytes what {@code tokens} takes its bytes from
   */
  ReportSequence(
      InputStream bytes, JsonParser tokens, ReadingBudget budget, Deviations.Counter deviations) {
    this.bytes = bytes;
    this.tokens = tokens;
    this.reader = new JsonReportReader(tokens, budget, deviations);
    this.deviations = deviations;
  }

  List<ParseResult> read() throws IOException {
    List<ParseResult> reports = new ArrayList<>(1);
    long begin = 0;
    tokens.nextToken();
    TlsReport report = reader.read();
    Deviations noted = deviations.take();
    long end = position();
    Optional<TlsReport> further = further();
    while (further.isPresent()) {
      reports.add(new ParseResult.Parsed(report, noted, end - begin));
      begin = end;
      end = position();
      report = further.get();
      noted = deviations.take().plus(Deviation.SEVERAL_REPORTS);
      further = further();
    }
    reports.add(
        noiseFollows
            ? new ParseResult.Parsed(report, noted.plus(Deviation.DATA_AFTER_REPORT), end - begin)
            : new ParseResult.Parsed(report, noted, position() - begin));
    return List.copyOf(reports);
  }

  /** The next report; empty where the JSON ends, or what there is of it. */
  private Optional<TlsReport> further() throws IOException {
    try {
      return tokens.nextToken() == null ? Optional.empty() : Optional.of(reader.read());
    } catch (UnreadableReportException e) {
      if (endsAll(e.reason())) {
        throw e;
      }
    } catch (StreamConstraintsException e) {
      if (!tokens.getParsingContext().inRoot()) {
        throw e;
      }
    } catch (JsonProcessingException | CharConversionException e) {
      // Not JSON.
    }
    noiseFollows = true;
    // Compressed bytes must be whole to be believed.
    bytes.transferTo(OutputStream.nullOutputStream());
    return Optional.empty();
  }

  private static boolean endsAll(ParseResult.Reason reason) {
    return switch (reason) {
      case DECOMPRESSION, REPORT_TOO_LARGE, LIMIT -> true;
      case MALFORMED, NO_POLICIES, INVALID_COUNT, INVALID_DOMAIN -> false;
    };
  }

  private long position() {
    JsonLocation at = tokens.currentLocation();
    // Of UTF-16 and UTF-32, which a reader takes in, only characters are known.
    return Math.max(at.getByteOffset(), at.getCharOffset());
  }
}
