// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.webadmin.pages;

import io.tlsrpt.figures.history.Position;
import io.tlsrpt.webadmin.http.Parameters;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A position in the table of reports as a parameter: receipt in milliseconds, report and domain,
 * with hyphens between them.
 */
final class Cursor {
  private static final Pattern WRITTEN = Pattern.compile("(\\d{1,15})-(\\d{1,18})-(\\d{1,18})");

  private Cursor() {}

  static String of(Position position) {
    return position.receivedAt().toEpochMilli() + "-" + position.report() + "-" + position.domain();
  }

  static Position parse(String name, String written) {
    Matcher matcher = WRITTEN.matcher(written);
    if (!matcher.matches()) {
      throw Parameters.bad(name, written, "what the page before gives for it");
    }
    return new Position(
        Instant.ofEpochMilli(Long.parseLong(matcher.group(1))),
        Long.parseLong(matcher.group(2)),
        Long.parseLong(matcher.group(3)));
  }
}
