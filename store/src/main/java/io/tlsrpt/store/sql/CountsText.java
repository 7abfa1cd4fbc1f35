// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store.sql;

import io.tlsrpt.figures.FailureCounts;
import io.tlsrpt.figures.FailureKind;
import io.tlsrpt.figures.PolicyKind;
import io.tlsrpt.figures.RecentDays;
import io.tlsrpt.figures.SessionCounts;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.StringJoiner;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Counts by kind as the text of one column, since most kinds have no count. A person at the
 * database's prompt can read it. Reading throws {@link IllegalArgumentException} for a text that
 * this class never writes.
 */
final class CountsText {
  private static final Map<String, FailureKind> FAILURE_KINDS =
      byKey(FailureKind.values(), FailureKind::key);
  private static final Map<String, PolicyKind> POLICY_KINDS =
      byKey(PolicyKind.values(), PolicyKind::key);

  private CountsText() {}

  private static <K> Map<String, K> byKey(K[] kinds, Function<K, String> key) {
    return Stream.of(kinds).collect(Collectors.toUnmodifiableMap(key, Function.identity()));
  }

  /** {@code certificate-expired=3,other=1}. */
  static String write(FailureCounts counts) {
    return counts.isZero() ? "" : append(new StringBuilder(), counts).toString();
  }

  private static StringBuilder append(StringBuilder text, FailureCounts counts) {
    String comma = "";
    for (FailureKind kind : counts.kinds()) {
      text.append(comma).append(kind.key()).append('=').append(counts.of(kind));
      comma = ",";
    }
    return text;
  }

  static FailureCounts readFailures(String text) {
    if (text.isEmpty()) {
      return FailureCounts.NONE;
    }
    EnumMap<FailureKind, Long> counts = new EnumMap<>(FailureKind.class);
    for (String part : text.split(",", -1)) {
      counts.put(known(FAILURE_KINDS, name(part)), Long.parseLong(value(part)));
    }
    return FailureCounts.of(counts);
  }

  /** {@code sts=98/2,tlsa=101/0}: successful and failed. */
  static String write(Map<PolicyKind, SessionCounts> sessions) {
    StringJoiner text = new StringJoiner(",");
    sessions.forEach(
        (kind, counts) -> text.add(kind.key() + "=" + counts.successful() + "/" + counts.failed()));
    return text.toString();
  }

  static Map<PolicyKind, SessionCounts> readSessions(String text) {
    EnumMap<PolicyKind, SessionCounts> sessions = new EnumMap<>(PolicyKind.class);
    if (!text.isEmpty()) {
      for (String part : text.split(",", -1)) {
        String[] counts = value(part).split("/", 2);
        sessions.put(
            known(POLICY_KINDS, name(part)),
            new SessionCounts(Long.parseLong(counts[0]), Long.parseLong(counts[1])));
      }
    }
    return sessions;
  }

  /** {@code 20605 20606:certificate-expired=3}: days since 1970. */
  static String write(RecentDays days) {
    StringBuilder text = new StringBuilder(1_024);
    LocalDate[] ordered = days.failures().keySet().toArray(new LocalDate[0]);
    Arrays.sort(ordered);
    for (LocalDate day : ordered) {
      FailureCounts failures = days.failures().getOrDefault(day, FailureCounts.NONE);
      text.append(text.isEmpty() ? "" : " ").append(day.toEpochDay());
      if (!failures.isZero()) {
        append(text.append(':'), failures);
      }
    }
    return text.toString();
  }

  static RecentDays readDays(String text) {
    Map<LocalDate, FailureCounts> days = new HashMap<>();
    if (!text.isEmpty()) {
      for (String part : text.split(" ", -1)) {
        int colon = part.indexOf(':');
        String day = colon < 0 ? part : part.substring(0, colon);
        days.put(
            EpochDays.of(Long.parseLong(day)),
            colon < 0 ? FailureCounts.NONE : readFailures(part.substring(colon + 1)));
      }
    }
    return new RecentDays(days);
  }

  static FailureKind failureKind(String key) {
    return known(FAILURE_KINDS, key);
  }

  private static <K> K known(Map<String, K> kinds, String key) {
    K kind = kinds.get(key);
    if (kind == null) {
      throw new IllegalArgumentException("no kind is called " + key);
    }
    return kind;
  }

  private static String name(String part) {
    return part.substring(0, equalsSign(part));
  }

  private static String value(String part) {
    return part.substring(equalsSign(part) + 1);
  }

  private static int equalsSign(String part) {
    int equals = part.indexOf('=');
    if (equals < 0) {
      throw new IllegalArgumentException("no count in " + part);
    }
    return equals;
  }
}
