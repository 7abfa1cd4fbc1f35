// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.report;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
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
            .enable(StreamReadFeature.USE_FAST_BIG_NUMBER_PARSER)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
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
   * Reads one report.
   *
   * @param body the transfer-decoded body part; read at most to the end of the report, not closed
   * @throws UncheckedIOException if {@code body} itself fails: the world's fault, not the report's
   */
  public ParseResult parse(InputStream body) {
    try (JsonParser tokens = json.createParser(decoded(body))) {
      return new ParseResult.Parsed(new JsonReportReader(tokens, limits).read());
    } catch (UnreadableReportException e) {
      return e.toResult();
    } catch (StreamConstraintsException e) {
      return malformed(ParseResult.Reason.LIMIT, e);
    } catch (JsonProcessingException e) {
      return malformed(ParseResult.Reason.MALFORMED, e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private InputStream decoded(InputStream body) throws IOException {
    return new LimitedInputStream(Decompression.inflate(body), limits.maxReportSize());
  }

  private static ParseResult.Malformed malformed(
      ParseResult.Reason reason, JsonProcessingException e) {
    JsonLocation at = e.getLocation();
    String what = reason == ParseResult.Reason.LIMIT ? limitOf(e) : "not JSON";
    return new ParseResult.Malformed(
        reason,
        at == null ? what : what + " at line " + at.getLineNr() + ", column " + at.getColumnNr());
  }

  /** Jackson's own sentence names the limit and its value, and quotes nothing of the report. */
  private static String limitOf(JsonProcessingException e) {
    return String.valueOf(e.getOriginalMessage());
  }
}
