// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.checks.records;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The fields of a TXT record, {@code v=...; name=value; name=value;}, as RFC 8460 §3 and RFC 8461
 * §3.1 have them alike. Names are case-sensitive.
 */
final class TextFields {
  private final List<Field> fields;

  private TextFields(List<Field> fields) {
    this.fields = List.copyOf(fields);
  }

  /** A name and what follows its first {@code =}, without blanks around both. */
  private record Field(String name, String value) {}

  /** Whether a text has this version: it must come first, and a semicolon must follow it. */
  static boolean hasVersion(String text, String version) {
    return text.startsWith(version) && strip(text.substring(version.length())).startsWith(";");
  }

  /** Whether the owner probably meant such a record, and wrote it so that nobody takes it. */
  static boolean nearlyHasVersion(String text, String version) {
    String dense = text.replace(" ", "").replace("\"", "");
    return !hasVersion(text, version)
        && dense.regionMatches(true, 0, version, 0, version.length())
        // v=STSv12 is another version.
        && (dense.length() == version.length()
            || !Character.isLetterOrDigit(dense.charAt(version.length())));
  }

  /** Empty if something between two semicolons has no {@code =}. */
  static Optional<TextFields> parse(String text) {
    List<Field> fields = new ArrayList<>();
    for (String part : text.split(";", -1)) {
      String field = strip(part);
      int equals = field.indexOf('=');
      if (equals > 0) {
        fields.add(
            new Field(strip(field.substring(0, equals)), strip(field.substring(equals + 1))));
      } else if (!field.isEmpty()) {
        return Optional.empty();
      }
    }
    return Optional.of(new TextFields(fields));
  }

  /** The values of all fields of this name. */
  List<String> values(String name) {
    return fields.stream().filter(field -> field.name().equals(name)).map(Field::value).toList();
  }

  /** Blanks in the sense of the grammar: space and tab. */
  static String strip(String text) {
    int from = 0;
    int to = text.length();
    while (from < to && isBlank(text.charAt(from))) {
      from++;
    }
    while (to > from && isBlank(text.charAt(to - 1))) {
      to--;
    }
    return text.substring(from, to);
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t';
  }
}
