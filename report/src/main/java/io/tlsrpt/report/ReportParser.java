// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.report;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * Reads a report from the bytes of its body part, gzip or plain JSON (RFC 8460 §5.2), in one pass
 * and under {@link ReportLimits}. Whatever the bytes are, the answer is a {@link ParseResult}. May
 * be used by many threads at once.
 */
public final class ReportParser {
  /** The largest believable count: totals only grow, so one absurd number would stay for ever. */
  public static final long MAX_COUNT = 10_000_000_000L;

  private final ReportLimits limits;
  private final JsonFactory json;

  public ReportParser(ReportLimits limits) {
    this.limits = requireNonNull(limits, "limits");
    this.json =
        JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .streamReadConstraints(
                StreamReadConstraints.builder()
                    .maxNestingDepth(limits.maxDepth())
                    .maxStringLength(limits.maxStringLength())
                    .maxNameLength(limits.maxStringLength())
                    .maxNumberLength(limits.maxNumberLength())
                    .build())
            .build();
  }

  /**
   * Whether bytes begin as a report does, compressed or not: what does not cannot be parsed.
   *
   * @param beginning the first bytes of the transfer-decoded body part
   * @param isAll whether there are no more
   */
  public static boolean mayBeReport(byte[] beginning, boolean isAll) {
    JsonBeginning json = JsonBeginning.of(beginning);
    return Decompression.isCompressed(beginning) || json.isObject() || (json.isBlank() && !isAll);
  }

  /**
   * Reads one report.
   *
   * @param body the transfer-decoded body part; read to its end and closed
   * @param labelled the form in which the report is said to come
   * @throws UncheckedIOException if {@code body} itself fails: the world's fault, not the report's
   */
  public ParseResult parse(InputStream body, ContentForm labelled) {
    Deviations.Counter deviations = new Deviations.Counter(limits.maxDeviations());
    Decompression decompression = new Decompression(limits.maxReportSize(), deviations);
    Sounding bytes = new Sounding(body, limits.maxReportSize());
    try (JsonParser tokens =
        json.createParser(bytes.sounded(decompression.open(bytes, labelled)))) {
      TlsReport report = new JsonReportReader(tokens, limits, deviations).read();
      readToTheEnd(tokens, deviations);
      return new ParseResult.Parsed(report, deviations.toDeviations(), size(tokens));
    } catch (UnreadableReportException e) {
      return e.toResult();
    } catch (StreamConstraintsException e) {
      return malformed(ParseResult.Reason.LIMIT, e);
    } catch (JsonProcessingException e) {
      return malformed(ParseResult.Reason.MALFORMED, e);
    } catch (CharConversionException e) {
      return new ParseResult.Malformed(ParseResult.Reason.MALFORMED, "not UTF-8");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * What follows the report does not matter, but a compressed stream must be whole to be believed.
   */
  private static void readToTheEnd(JsonParser tokens, Deviations.Counter deviations)
      throws IOException {
    try {
      if (tokens.nextToken() == null) {
        return;
      }
    } catch (JsonProcessingException | CharConversionException e) {
      // Not JSON: data after the report all the same.
    }
    deviations.add(Deviation.DATA_AFTER_REPORT);
  }

  private static long size(JsonParser tokens) {
    JsonLocation end = tokens.currentLocation();
    // Of UTF-16 and UTF-32, which a reader takes in, only characters are known.
    return Math.max(end.getByteOffset(), end.getCharOffset());
  }

  private ParseResult.Malformed malformed(ParseResult.Reason reason, JsonProcessingException e) {
    JsonLocation at = e.getLocation();
    String what = reason == ParseResult.Reason.LIMIT ? limitOf(e) : "not JSON";
    return new ParseResult.Malformed(
        reason,
        at == null ? what : what + " at line " + at.getLineNr() + ", column " + at.getColumnNr());
  }

  /**
   * Names the limit as we do: Jackson's sentence names its own setting, and quotes nothing of the
   * report.
   */
  private String limitOf(JsonProcessingException e) {
    String sentence = String.valueOf(e.getOriginalMessage());
    if (sentence.contains("getMaxNestingDepth")) {
      return "more than maxDepth = " + limits.maxDepth();
    }
    if (sentence.contains("getMaxNumberLength")) {
      return "more than maxNumberLength = " + limits.maxNumberLength();
    }
    return "more than maxStringLength = " + limits.maxStringLength();
  }
}
