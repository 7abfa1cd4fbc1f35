// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.webadmin.markup;

import static io.tlsrpt.webadmin.markup.Html.el;

import io.tlsrpt.figures.FailureCounts;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The last days of a domain as a strip of marks: clean, failing, or without a report. */
public final class DayStrip {
  private static final int DAYS = 21;
  private static final int STEP = 6;
  private static final int WIDTH = 5;
  private static final int HEIGHT = 14;

  private DayStrip() {}

  /** The days before {@code now}: reports of today come tomorrow. */
  public static Html of(Map<LocalDate, FailureCounts> days, Instant now) {
    LocalDate first = LocalDate.ofInstant(now, ZoneOffset.UTC).minusDays(DAYS);
    List<Html> marks = new ArrayList<>();
    int reported = 0;
    int failing = 0;
    for (int i = 0; i < DAYS; i++) {
      FailureCounts failures = days.get(first.plusDays(i));
      reported += failures == null ? 0 : 1;
      failing += failures == null || failures.isZero() ? 0 : 1;
      marks.add(mark(i, failures == null ? "none" : failures.isZero() ? "clean" : "failed"));
    }
    String told = "reports of %d of %d days, failures on %d".formatted(reported, DAYS, failing);
    return el("svg", el("title", told), Html.all(marks))
        .with("class", "strip")
        .with("role", "img")
        .with("aria-label", told)
        .with("width", (long) DAYS * STEP)
        .with("height", HEIGHT)
        .with("viewBox", "0 0 " + DAYS * STEP + " " + HEIGHT);
  }

  /** A failing day is as high as the strip, a day without a report is a line at the bottom. */
  private static Html mark(int index, String kind) {
    int height =
        switch (kind) {
          case "failed" -> HEIGHT;
          case "clean" -> HEIGHT / 2;
          default -> 2;
        };
    return el("rect")
        .with("class", kind)
        .with("x", (long) index * STEP)
        .with("y", (long) HEIGHT - height)
        .with("width", WIDTH)
        .with("height", height);
  }
}
