// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.webadmin.markup;

import static io.tlsrpt.webadmin.markup.Html.el;

import io.tlsrpt.figures.DomainHealth;
import io.tlsrpt.figures.FailureCounts;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.stream.Collectors;

/** Numbers, times and states as they are written for people. */
public final class Words {
  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private Words() {}

  /** A number, its digits in groups of three with a narrow space that breaks no line. */
  public static String number(long number) {
    return String.format(Locale.ROOT, "%,d", number).replace(',', '\u202f');
  }

  /** A share of 0 to 1 as a percentage with one digit after the point. */
  public static String share(double ratio) {
    return String.format(Locale.ROOT, "%.1f\u202f%%", ratio * 100);
  }

  /** A number with a noun, in the singular or plural. */
  public static String count(long number, String one, String several) {
    return number(number) + " " + (number == 1 ? one : several);
  }

  /** A time to the minute. */
  public static Html time(Instant time) {
    return el("time", MINUTE.format(time)).with("datetime", second(time));
  }

  /** A time as programs read it, to the second: nobody reports anything finer. */
  public static String second(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /** How long ago something was, roughly, with the time itself for whoever points at it. */
  public static Html ago(Instant time, Instant now) {
    return el("time", ago(Duration.between(time, now)))
        .with("datetime", second(time))
        .with("title", MINUTE.format(time));
  }

  private static String ago(Duration age) {
    if (age.toMinutes() < 1) {
      return "just now";
    } else if (age.toHours() < 1) {
      return age.toMinutes() + "\u202fmin ago";
    } else if (age.toDays() < 2) {
      return age.toHours() + "\u202fh ago";
    }
    return age.toDays() + " days ago";
  }

  /** Kinds of failure, each with its sessions. */
  public static String failures(FailureCounts counts) {
    return counts.kinds().stream()
        .map(kind -> kind.key() + " " + number(counts.of(kind)))
        .collect(Collectors.joining(", "));
  }

  public static Html day(LocalDate day) {
    return el("time", day.toString()).with("datetime", day.toString());
  }

  /** A domain's health as a sign and a word: never by colour alone. */
  public static Html badge(DomainHealth health) {
    return el("span", el("span", sign(health)).with("aria-hidden", "true"), " " + word(health))
        .with("class", "badge " + health.key());
  }

  public static String word(DomainHealth health) {
    return switch (health) {
      case LOSING -> "losing mail";
      case FAILING -> "failing";
      case SILENT -> "silent";
      case NEVER -> "no report yet";
      case FINE -> "fine";
    };
  }

  private static String sign(DomainHealth health) {
    return switch (health) {
      case LOSING -> "✕";
      case FAILING -> "!";
      case SILENT -> "?";
      case NEVER -> "–";
      case FINE -> "✓";
    };
  }
}
