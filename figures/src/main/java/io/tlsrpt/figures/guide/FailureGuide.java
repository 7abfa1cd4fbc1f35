// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.figures.guide;

import static java.util.Objects.requireNonNull;

import io.tlsrpt.figures.FailureKind;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Explanation and remedy for each kind of failure. They are written once, in {@code
 * docs/failure-types.md}, which is built in and read here: what a person reads in the documentation
 * and what a bean says cannot differ.
 */
public final class FailureGuide {
  private static final Pattern GROUP = Pattern.compile("(?m)^## (?<title>.+)$");
  private static final Pattern SECTION = Pattern.compile("(?m)^### (?<kind>.+)$");
  private static final Pattern PARTS =
      Pattern.compile(
          "(?s)(?<seen>.+?)\n\\*\\*Look\\*\\*\n+```sh\n(?<look>.+?)\n```\n+"
              + "\\*\\*Change\\*\\*\n(?<change>.+)");
  private static final Map<FailureKind, FailureAdvice> ADVICE = read();

  private FailureGuide() {}

  public static FailureAdvice of(FailureKind kind) {
    return requireNonNull(ADVICE.get(kind));
  }

  private static Map<FailureKind, FailureAdvice> read() {
    String page = page();
    EnumMap<FailureKind, FailureAdvice> advice = new EnumMap<>(FailureKind.class);
    for (FailureGroup group : FailureGroup.values()) {
      String ofGroup = after(page, GROUP, group.title());
      for (FailureKind kind : FailureKind.values()) {
        if (ofGroup.contains("\n### " + kind.key() + "\n")) {
          advice.put(kind, advice(group, after(ofGroup, SECTION, kind.key())));
        }
      }
    }
    if (advice.size() < FailureKind.values().length) {
      throw new IllegalStateException("failure-types.md speaks of " + advice.keySet() + " only");
    }
    return advice;
  }

  private static String page() {
    try (InputStream page = FailureGuide.class.getResourceAsStream("failure-types.md")) {
      return new String(requireNonNull(page).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What follows a heading, up to the next one of its level. */
  private static String after(String text, Pattern heading, String title) {
    Matcher headings = heading.matcher(text);
    while (headings.find()) {
      if (headings.group(1).equals(title)) {
        int start = headings.end();
        return text.substring(start, headings.find() ? headings.start() : text.length());
      }
    }
    throw new IllegalStateException("failure-types.md has no heading " + title);
  }

  private static FailureAdvice advice(FailureGroup group, String section) {
    Matcher parts = PARTS.matcher(section);
    if (!parts.matches()) {
      throw new IllegalStateException("failure-types.md lacks a part: " + section);
    }
    return new FailureAdvice(
        group,
        plain(parts.group("seen")),
        parts.group("look").strip(),
        plain(parts.group("change")));
  }

  /** Paragraphs and items in the lines of the page, without Markdown. */
  private static String plain(String markdown) {
    return markdown.strip().replace("`", "");
  }
}
