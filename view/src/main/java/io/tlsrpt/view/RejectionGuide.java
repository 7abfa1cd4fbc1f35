// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.view;

import static java.util.Objects.requireNonNull;

import io.tlsrpt.figures.receiver.RejectionReason;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What each reason for a rejection means and what to do about it: the table in {@code
 * docs/operations.md}, which is built in and read here.
 */
public final class RejectionGuide {
  private static final Pattern LINK = Pattern.compile("\\[([^\\]]+)]\\([^)]+\\)");
  private static final Map<RejectionReason, Advice> ADVICE = read();

  private RejectionGuide() {}

  /**
   * A row of the table, as plain text.
   *
   * @param meaning what was wrong
   * @param remedy what to do
   */
  public record Advice(String meaning, String remedy) {
    public Advice {
      requireNonNull(meaning, "meaning");
      requireNonNull(remedy, "remedy");
    }
  }

  public static Advice of(RejectionReason reason) {
    return requireNonNull(ADVICE.get(reason));
  }

  private static Map<RejectionReason, Advice> read() {
    String page = page();
    Map<RejectionReason, Advice> advice = new EnumMap<>(RejectionReason.class);
    for (RejectionReason reason : RejectionReason.values()) {
      Matcher row =
          Pattern.compile("(?m)^\\| `" + reason.key() + "` \\| (.+?) \\| (.+) \\|$").matcher(page);
      if (!row.find()) {
        throw new IllegalStateException("operations.md has no row of " + reason.key());
      }
      advice.put(reason, new Advice(plain(row.group(1)), plain(row.group(2))));
    }
    return advice;
  }

  private static String plain(String markdown) {
    return LINK.matcher(markdown).replaceAll("$1").replace("`", "").replace("*", "");
  }

  private static String page() {
    try (InputStream page = RejectionGuide.class.getResourceAsStream("operations.md")) {
      return new String(requireNonNull(page).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
