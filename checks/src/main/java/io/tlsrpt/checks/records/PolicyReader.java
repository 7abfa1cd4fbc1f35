// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.checks.records;

import io.tlsrpt.report.MtaStsMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Reads the lines of one MTA-STS policy (RFC 8461 §3.2). Where senders differ, it takes what some
 * of them take, and adds a note: a policy is called invalid only if nobody can read it.
 */
final class PolicyReader {
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration WEEK = Duration.ofDays(7);

  /** The first line of each key but {@code mx}. */
  private final Map<String, String> fields = new HashMap<>();

  private final Set<NamePattern> patterns = new LinkedHashSet<>();

  /** In the order found, each once. */
  private final Set<String> notes = new LinkedHashSet<>();

  private boolean hasMorePatterns;

  MtaStsPolicy read(String text) {
    return readLines(text)
        .or(this::versionFault)
        .or(this::modeFault)
        .or(this::maxAgeFault)
        .or(this::patternsFault)
        .<MtaStsPolicy>map(MtaStsPolicy.Invalid::new)
        .orElseGet(this::policy);
  }

  /** What is wrong with a line, if something is. */
  private Optional<String> readLines(String text) {
    boolean blank = false;
    // CRLF or LF (RFC 8461 §3.2).
    for (String line : text.lines().toList()) {
      if (TextFields.strip(line).isEmpty()) {
        blank = true;
        continue;
      }
      if (blank) {
        notes.add("the policy has a blank line within: some senders do not take it");
      }
      Optional<String> fault = readLine(line);
      if (fault.isPresent()) {
        return fault;
      }
    }
    return Optional.empty();
  }

  private Optional<String> readLine(String line) {
    int colon = line.indexOf(':');
    if (colon < 0) {
      return Optional.of("the policy has a line without a colon: " + Quote.of(line));
    }
    String written = line.substring(0, colon);
    String key = TextFields.strip(written);
    String value = TextFields.strip(line.substring(colon + 1));
    if (!key.equals(written)) {
      notes.add("the policy has blanks around a key: some senders do not take it");
    }
    if (key.equals("mx")) {
      return addPattern(value);
    }
    if (isOurs(key)) {
      fields.putIfAbsent(key, value);
    }
    return Optional.empty();
  }

  private static boolean isOurs(String key) {
    return key.equals("version") || key.equals("mode") || key.equals("max_age");
  }

  private Optional<String> addPattern(String value) {
    Optional<NamePattern> pattern = NamePattern.parse(value);
    if (pattern.isEmpty()) {
      return Optional.of("the policy has an mx: line that is no name: " + Quote.of(value));
    }
    if (patterns.size() < MtaStsPolicy.MAX_PATTERNS) {
      patterns.add(pattern.get());
    } else if (!patterns.contains(pattern.get())) {
      hasMorePatterns = true;
    }
    return Optional.empty();
  }

  private Optional<String> versionFault() {
    return fault("version", value -> value.equals("STSv1"));
  }

  private Optional<String> modeFault() {
    return fault("mode", value -> mode(value).isPresent());
  }

  private Optional<String> maxAgeFault() {
    return fault("max_age", PolicyReader::isNumber);
  }

  private Optional<String> fault(String key, Predicate<String> isGood) {
    String value = fields.get(key);
    if (value == null) {
      return Optional.of("the policy has no " + key);
    }
    return isGood.test(value)
        ? Optional.empty()
        : Optional.of("the policy's %s is %s".formatted(key, Quote.of(value)));
  }

  private Optional<String> patternsFault() {
    return patterns.isEmpty() && mode() != MtaStsMode.NONE
        ? Optional.of("the policy has no mx: line")
        : Optional.empty();
  }

  /** 1 to 10 digits; other scripts' digits are none. */
  private static boolean isNumber(String value) {
    return !value.isEmpty()
        && value.length() <= 10
        && value.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private static Optional<MtaStsMode> mode(String value) {
    return List.of(MtaStsMode.NONE, MtaStsMode.TESTING, MtaStsMode.ENFORCE).stream()
        .filter(mode -> mode.key().equals(value))
        .findFirst();
  }

  private MtaStsMode mode() {
    return mode(fields.getOrDefault("mode", "")).orElse(MtaStsMode.UNKNOWN);
  }

  private MtaStsPolicy policy() {
    Duration written = Duration.ofSeconds(Long.parseLong(fields.getOrDefault("max_age", "0")));
    noteAge(written);
    if (hasMorePatterns) {
      notes.add(
          "the policy has more than %d mx: lines: the others are not looked at"
              .formatted(MtaStsPolicy.MAX_PATTERNS));
    }
    Duration maxAge = written.compareTo(MtaStsPolicy.LONGEST) > 0 ? MtaStsPolicy.LONGEST : written;
    return new MtaStsPolicy.Valid(
        mode(), maxAge, new ArrayList<>(patterns), new ArrayList<>(notes));
  }

  private void noteAge(Duration maxAge) {
    String words = "max_age is " + maxAge.toSeconds();
    if (maxAge.compareTo(MtaStsPolicy.LONGEST) > 0) {
      notes.add(words + ": counts as " + MtaStsPolicy.LONGEST.toSeconds() + ", a year");
    } else if (maxAge.compareTo(DAY) < 0) {
      notes.add(words + ", less than a day: senders forget the policy between two mails");
    } else if (maxAge.compareTo(WEEK) < 0 && mode() == MtaStsMode.ENFORCE) {
      notes.add(words + ", less than a week: short for mode enforce");
    }
  }
}
