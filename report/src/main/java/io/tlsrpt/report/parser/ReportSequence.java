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
 * Reads the reports that follow one another in the JSON of a body part. The first value must be a
 * report. Whatever else follows a report is ignored, and the report counts. There are two
 * exceptions: if the compression is broken, no byte can be trusted; if a limit is exceeded, the
 * body part is taken for an attack.
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
    // A report is added after the next one was read: only the last report can have noise behind it.
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

  /**
   * The next report; empty at the end of the JSON and where something else than a report follows.
   */
  private Optional<TlsReport> further() throws IOException {
    try {
      return tokens.nextToken() == null ? Optional.empty() : Optional.of(reader.read());
    } catch (UnreadableReportException e) {
      if (endsAll(e.reason())) {
        throw e;
      }
    } catch (StreamConstraintsException e) {
      // Outside of any object or array it is noise, as a line of digits is, and no report.
      if (!tokens.getParsingContext().inRoot()) {
        throw e;
      }
    } catch (JsonProcessingException | CharConversionException e) {
      // Not JSON: noise, which is ignored.
    }
    noiseFollows = true;
    // Read to the end: only there is the checksum of a compressed stream verified.
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
    // For UTF-16 and UTF-32 Jackson knows only the offset in characters.
    return Math.max(at.getByteOffset(), at.getCharOffset());
  }
}
