// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.report.parser;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import io.tlsrpt.report.ContentForm;
import io.tlsrpt.report.Deviations;
import io.tlsrpt.report.ParseResult;
import io.tlsrpt.report.ReadingBudget;
import io.tlsrpt.report.ReportLimits;
import io.tlsrpt.report.SizeLimit;
import io.tlsrpt.report.TooLargeException;
import io.tlsrpt.report.UnreadableReportException;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/**
 * Reads reports from the bytes of their body part, gzip or plain JSON (RFC 8460 §5.2), in one pass
 * and under {@link ReportLimits}. Whatever the bytes are, the answer is a {@link ParseResult}. May
 * be used by many threads at once.
 *
 * {@snippet :
 * ReportParser parser = new ReportParser(ReportLimits.DEFAULT);
 * for (ParseResult result : parser.parse(body, ContentForm.GZIP)) {
 *   switch (result) {
 *     case ParseResult.Parsed read -> show(read.report());
 *     case ParseResult.Malformed bad -> refuse(bad.reason());
 *   }
 * }
 * }
 */
public final class ReportParser {
  private final ReportLimits limits;
  private final JsonFactory json;
  private final InflaterPool inflaters = new InflaterPool();

  public ReportParser(ReportLimits limits) {
    this.limits = requireNonNull(limits, "limits");
    this.json =
        JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            // Keep the source open at the end of the JSON: we read on behind it and close it
            // ourselves.
            .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
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
   * Whether bytes begin as a report does, compressed or not. Bytes that begin otherwise cannot be
   * parsed.
   *
   * @param beginning the first bytes of the transfer-decoded body part
   * @param isAll whether {@code beginning} is the whole body part
   */
  public static boolean mayBeReport(byte[] beginning, boolean isAll) {
    JsonBeginning json = JsonBeginning.of(beginning);
    return Decompression.isCompressed(beginning) || json.isObject() || (json.isBlank() && !isAll);
  }

  /**
   * Guesses the form of bytes that do not begin as a report does; empty if no known form fits.
   *
   * @param beginning the first bytes of the transfer-decoded body part
   */
  public static Optional<String> otherForm(byte[] beginning) {
    return FormatGuess.of(beginning);
  }

  /**
   * Reads the only body part of a mail.
   *
   * @param body see {@link #parse(InputStream, ContentForm, ReadingBudget)}
   * @param labelled see there
   * @return see there
   * @throws UncheckedIOException see there
   */
  public List<ParseResult> parse(InputStream body, ContentForm labelled) {
    return parse(body, labelled, budget(() -> {}));
  }

  /**
   * A new budget for the reports of one mail together.
   *
   * @param onLarge called, perhaps more than once and by the thread that reads, before the reports
   *     take more memory than those of a small mail
   */
  public ReadingBudget budget(Runnable onLarge) {
    return new ReadingBudget(limits, onLarge);
  }

  /**
   * Reads what a body part holds: usually one report, or several, one after another in its JSON, in
   * members of its gzip stream or in entries of its zip archive.
   *
   * @param body the transfer-decoded body part; read to its end and closed
   * @param labelled the form in which the report is said to come
   * @param budget of its mail
   * @return the reports in their order, or why there is none: never empty, and a {@link
   *     ParseResult.Malformed} is alone
   * @throws UncheckedIOException if {@code body} itself fails: the world's fault, not the report's
   */
  public List<ParseResult> parse(InputStream body, ContentForm labelled, ReadingBudget budget) {
    try {
      return read(body, labelled, budget);
    } catch (UnreadableReportException e) {
      return List.of(e.toResult());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<ParseResult> read(InputStream body, ContentForm labelled, ReadingBudget budget)
      throws IOException {
    SizeLimit limit = budget.size();
    Deviations.Counter deviations = new Deviations.Counter(limits.maxDeviations());
    BombDetector bytes = new BombDetector(body, limit, inflaters);
    try (Decompression layers = new Decompression(bytes, limit, inflaters, deviations)) {
      try {
        return records(bytes.sounded(layers.open(labelled)), budget, deviations);
      } catch (TooLargeException e) {
        budget.spendAll();
        throw e;
      } catch (StreamConstraintsException e) {
        throw new UnreadableReportException(ParseResult.Reason.LIMIT, limitOf(e) + position(e));
      } catch (JsonProcessingException e) {
        throw malformed("not JSON" + position(e), bytes);
      } catch (CharConversionException e) {
        throw malformed("not UTF-8", bytes);
      } finally {
        budget.spend(layers.inflated());
      }
    }
  }

  private List<ParseResult> records(
      InputStream inflated, ReadingBudget budget, Deviations.Counter deviations)
      throws IOException {
    try (JsonParser tokens = json.createParser(new Utf8Repair(inflated, deviations))) {
      return new ReportSequence(inflated, tokens, budget, deviations).read();
    }
  }

  private static UnreadableReportException malformed(String what, BombDetector bytes) {
    String otherForm =
        FormatGuess.of(bytes.beginning(FormatGuess.BEGINNING))
            .map(form -> "; it looks like " + form)
            .orElse("");
    return new UnreadableReportException(ParseResult.Reason.MALFORMED, what + otherForm);
  }

  private static String position(JsonProcessingException e) {
    JsonLocation at = e.getLocation();
    return at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr();
  }

  /**
   * Names the limit by our setting; Jackson's sentence names its own. The sentence quotes nothing
   * of the report, so a sender cannot forge it.
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
