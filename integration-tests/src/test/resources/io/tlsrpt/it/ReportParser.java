// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.report.parser;

import io.tlsrpt.report.ContentForm;
import io.tlsrpt.report.ParseResult;
import io.tlsrpt.report.ReadingBudget;
import io.tlsrpt.report.ReportLimits;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A reader that breaks, put in the place of the real one by a test. */
public final class ReportParser {
  public ReportParser(ReportLimits limits) {}

  public ReadingBudget budget(Runnable onLarge) {
    return new ReadingBudget(ReportLimits.DEFAULT, onLarge);
  }

  public List<ParseResult> parse(InputStream body, ContentForm labelled, ReadingBudget budget) {
    return switch (text(body).strip()) {
      case "stack" -> deeper(1);
      case "linkage" -> throw new NoSuchMethodError("a library of another version");
      default ->
          List.of(new ParseResult.Malformed(ParseResult.Reason.MALFORMED, "as every report here"));
    };
  }

  private static List<ParseResult> deeper(int depth) {
    List<ParseResult> result = deeper(depth + 1);
    return depth > 0 ? result : deeper(depth);
  }

  private static String text(InputStream body) {
    try {
      return new String(body.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
