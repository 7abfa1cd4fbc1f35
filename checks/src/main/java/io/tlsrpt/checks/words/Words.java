// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.checks.words;

import io.tlsrpt.report.PlainText;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import javax.security.auth.x500.X500Principal;

/** Sentences with what hosts wrote in them: plain text, and short. */
public final class Words {
  /** In characters, as any finding. */
  public static final int MAX_LENGTH = 200;

  /** Of one thing that a host wrote, so that the sentence around it is not lost. */
  private static final int MAX_QUOTED = 100;

  private static final int MAX_NAME = 40;
  private static final int NAMES_SHOWN = 3;

  private Words() {}

  /** At most {@value #MAX_LENGTH} characters of plain text. */
  public static String sentence(String words) {
    // The mark of a cut text is a character, too.
    return PlainText.of(words, MAX_LENGTH - 1);
  }

  /** What a host wrote, as part of a sentence: at most about 100 characters of plain text. */
  public static String quoted(String written) {
    return PlainText.of(written.strip(), MAX_QUOTED);
  }

  /** Three names at most, and how many more there are. */
  public static String names(List<String> names) {
    List<String> shown =
        names.stream().limit(NAMES_SHOWN).map(name -> PlainText.of(name, MAX_NAME)).toList();
    int more = names.size() - shown.size();
    return String.join(", ", shown) + (more > 0 ? " and " + more + " more" : "");
  }

  /** Of whom or from whom a certificate is, as RFC 2253 writes it. */
  public static String principal(X500Principal principal) {
    return PlainText.of(principal.getName(), MAX_NAME * 2);
  }

  /** A day in UTC, such as 2026-12-07. */
  public static String date(Instant time) {
    return time.atZone(ZoneOffset.UTC).toLocalDate().toString();
  }

  /** Such as "30 s". */
  public static String seconds(Duration time) {
    return time.toMillis() % 1_000 == 0 ? time.toSeconds() + " s" : time.toMillis() + " ms";
  }

  /** Why something failed, as the platform says it. */
  public static String reason(Exception e) {
    String message = e.getMessage();
    String reason = message == null || message.isBlank() ? e.getClass().getSimpleName() : message;
    return quoted(reason);
  }
}
