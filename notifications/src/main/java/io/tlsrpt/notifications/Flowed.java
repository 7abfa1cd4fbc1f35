// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.notifications;

import java.util.regex.Pattern;

/**
 * A text in {@code format=flowed} (RFC 3676): a paragraph takes the width of whatever shows it, a
 * telephone too, and a program that does not know the format shows short lines. A line of its own,
 * such as a command, stays as it is.
 */
final class Flowed {
  private static final int WIDTH = 72;
  private static final Pattern BLANKS = Pattern.compile("\\s+");

  private final StringBuilder text = new StringBuilder();

  /** A paragraph, with an empty line before it. */
  Flowed paragraph(String words) {
    return gap().prose(words);
  }

  /** An item of a list, without an empty line before it. */
  Flowed item(String words) {
    return prose("- " + words);
  }

  /** What comes from here on is not read by those who know the mails. */
  Flowed signature(String words) {
    gap();
    text.append("-- \n");
    return prose(words);
  }

  private Flowed prose(String words) {
    int width = 0;
    StringBuilder line = new StringBuilder();
    for (String word : BLANKS.split(words.strip(), -1)) {
      if (width > 0 && width + word.length() > WIDTH - 1) {
        add(line + " ");
        line.setLength(0);
        width = 0;
      }
      line.append(width == 0 ? "" : " ").append(word);
      width = line.length();
    }
    add(line.toString());
    return this;
  }

  /** A line that is not broken: it begins with two blanks, so that it is not taken for prose. */
  Flowed line(String content) {
    if (content.isBlank()) {
      return gap();
    }
    add("  " + content.stripTrailing());
    return this;
  }

  /** An empty line, unless there is one. */
  Flowed gap() {
    if (!text.isEmpty() && !endsWithEmptyLine()) {
      text.append('\n');
    }
    return this;
  }

  private boolean endsWithEmptyLine() {
    return text.length() > 1
        && text.charAt(text.length() - 2) == '\n'
        && text.charAt(text.length() - 1) == '\n';
  }

  /** What the reader of the format would take for more than text gets a blank, which it removes. */
  private void add(String line) {
    boolean stuffed = line.startsWith(" ") || line.startsWith(">") || line.startsWith("From ");
    text.append(stuffed ? " " : "").append(line).append('\n');
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
