// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.view;

import io.tlsrpt.figures.FailureKind;
import io.tlsrpt.figures.guide.FailureAdvice;
import io.tlsrpt.figures.guide.FailureGuide;
import io.tlsrpt.report.PlainText;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What is known of a result type, as one text. */
public final class Explanation {
  /** What may be given for it. */
  public static final String RESULT_TYPES =
      Arrays.stream(FailureKind.values()).map(FailureKind::key).collect(Collectors.joining(", "));

  private Explanation() {}

  /** A result type in general; {@code example.com} stands for the domain. */
  public static String of(String resultType) {
    String key = resultType.strip().toLowerCase(Locale.ROOT);
    for (FailureKind kind : FailureKind.values()) {
      if (kind.key().equals(key)) {
        return of(kind, FailureGuide.of(kind));
      }
    }
    throw new IllegalArgumentException(
        "resultType is '" + PlainText.of(resultType) + "'; allowed: " + RESULT_TYPES);
  }

  public static String of(FailureKind kind, FailureAdvice advice) {
    return String.join(
        "\n\n",
        kind.key() + " (" + advice.group().title() + ")",
        advice.explanation(),
        advice.remedy());
  }
}
