// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.dkim.peers;

import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Finds in a signed mail what some peers do not handle. */
record View(Signed signed) {
  private static final Pattern RELAXED_HEADER =
      Pattern.compile("c\\s*=\\s*relaxed.*", Pattern.DOTALL);

  Mail mail() {
    return signed.mail();
  }

  String signature() {
    return mail().fields().get(mail().signature());
  }

  boolean anyField(String pattern) {
    Predicate<String> matches = Pattern.compile(pattern, Pattern.DOTALL).asPredicate();
    return mail().fields().stream().anyMatch(matches);
  }

  boolean anyTag(String pattern) {
    Pattern whole = Pattern.compile(pattern, Pattern.DOTALL);
    return tags().stream().anyMatch(tag -> whole.matcher(tag).matches());
  }

  /** As they are written, but for white space in front. */
  private List<String> tags() {
    return Arrays.stream(Mail.value(signature()).split(";", -1)).map(String::stripLeading).toList();
  }

  boolean hasRelaxedHeader() {
    return tags().stream().anyMatch(tag -> RELAXED_HEADER.matcher(tag).matches());
  }

  boolean hasRelaxedBody() {
    return anyTag("c\\s*=.*/\\s*relaxed\\s*");
  }

  /**
   * Whether the last line has no line end. SMTP ends each line; RFC 6376 §3.4.3 and §3.4.4 add a
   * missing last line end.
   */
  boolean hasOpenLastLine() {
    return !mail().body().isEmpty() && !mail().body().endsWith("\r\n");
  }

  long fields(String name) {
    return mail().fields().stream().filter(field -> Mail.name(field).equals(name)).count();
  }

  long named(String name) {
    return tags().stream()
        .filter(tag -> tag.startsWith("h"))
        .map(tag -> tag.substring(tag.indexOf('=') + 1))
        .flatMap(names -> Arrays.stream(names.split(":", -1)))
        .filter(other -> other.strip().equalsIgnoreCase(name))
        .count();
  }
}
