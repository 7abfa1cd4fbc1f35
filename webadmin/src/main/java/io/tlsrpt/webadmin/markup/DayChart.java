// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.webadmin.markup;

import static io.tlsrpt.webadmin.markup.Html.all;
import static io.tlsrpt.webadmin.markup.Html.el;

import io.tlsrpt.figures.history.ReportsOfDay;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The sessions of each day as a bar, failed ones on top and striped. A failure is at least 4 pixels
 * high, so that one of 10,000 is seen. A day without a report has a mark of its own, since it is no
 * day without failures.
 */
public final class DayChart {
  private static final int WIDTH = 760;
  private static final int HEIGHT = 180;
  private static final int LEFT = 60;
  private static final int TOP = 10;
  private static final int LEAST_FAILED = 4;

  private final Map<LocalDate, ReportsOfDay> days;
  private final LocalDate first;
  private final int count;
  private final long most;

  private DayChart(List<ReportsOfDay> days, LocalDate first, int count) {
    this.days = days.stream().collect(Collectors.toMap(ReportsOfDay::day, Function.identity()));
    this.first = first;
    this.count = count;
    this.most = Math.max(1, days.stream().mapToLong(day -> day.sessions().total()).max().orElse(0));
  }

  /** The last days, today included. */
  public static Html of(List<ReportsOfDay> days, Instant now, int lookBack) {
    LocalDate first = LocalDate.ofInstant(now, ZoneOffset.UTC).minusDays(lookBack);
    return new DayChart(days, first, lookBack + 1).svg();
  }

  private Html svg() {
    List<Html> bars = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      bars.add(bar(i));
    }
    long failed = days.values().stream().mapToLong(day -> day.sessions().failed()).sum();
    long all = days.values().stream().mapToLong(day -> day.sessions().total()).sum();
    String told =
        "Sessions of each day from %s: %s in all, %s failed, reports of %d of %d days"
            .formatted(first, Words.number(all), Words.number(failed), days.size(), count);
    return el("svg", el("title", told), axis(), all(bars), labels())
        .with("class", "chart")
        .with("role", "img")
        .with("aria-label", told)
        .with("width", WIDTH)
        .with("height", HEIGHT + 40)
        .with("viewBox", "0 0 " + WIDTH + " " + (HEIGHT + 40));
  }

  private Html axis() {
    return all(
        el("line")
            .with("class", "axis")
            .with("x1", LEFT)
            .with("x2", WIDTH)
            .with("y1", HEIGHT + TOP)
            .with("y2", HEIGHT + TOP),
        el("text", Words.number(most))
            .with("x", LEFT - 6)
            .with("y", TOP + 10)
            .with("text-anchor", "end"),
        el("text", "0").with("x", LEFT - 6).with("y", HEIGHT + TOP).with("text-anchor", "end"));
  }

  private Html labels() {
    return all(
        el("text", first.toString()).with("x", LEFT).with("y", HEIGHT + TOP + 20),
        el("text", first.plusDays(count - 1L).toString())
            .with("x", WIDTH)
            .with("y", HEIGHT + TOP + 20)
            .with("text-anchor", "end"));
  }

  private Html bar(int index) {
    LocalDate date = first.plusDays(index);
    ReportsOfDay day = days.get(date);
    if (day == null) {
      return el("g", el("title", date + ": no report"), rect("none", index, 3, 3));
    }
    int failed = height(day.sessions().failed());
    if (day.sessions().failed() > 0) {
      failed = Math.max(failed, LEAST_FAILED);
    }
    int successful = Math.min(height(day.sessions().successful()), HEIGHT - failed);
    String told =
        date
            + ": "
            + Words.number(day.sessions().successful())
            + " successful, "
            + Words.number(day.sessions().failed())
            + " failed";
    return el(
        "g",
        el("title", told),
        rect("ok", index, successful, successful),
        failed == 0 ? Html.none() : rect("failed", index, successful + failed, failed),
        failed == 0 ? Html.none() : stripes(index, successful, failed));
  }

  /** Lines across the failed part: what colours tell must be seen without them. */
  private Html stripes(int index, int below, int failed) {
    List<Html> lines = new ArrayList<>();
    for (int up = 3; up < failed; up += 6) {
      int y = HEIGHT + TOP - below - up;
      lines.add(
          el("line")
              .with("class", "stripe")
              .with("x1", left(index))
              .with("x2", left(index) + width())
              .with("y1", y)
              .with("y2", y));
    }
    return all(lines);
  }

  private int height(long sessions) {
    return (int) Math.round((double) sessions * HEIGHT / most);
  }

  private int left(int index) {
    return LEFT + index * (WIDTH - LEFT) / count;
  }

  private int width() {
    return Math.max(1, (WIDTH - LEFT) / count - 1);
  }

  private Html rect(String kind, int index, int top, int height) {
    return el("rect")
        .with("class", kind)
        .with("x", left(index))
        .with("y", HEIGHT + TOP - top)
        .with("width", width())
        .with("height", height);
  }
}
