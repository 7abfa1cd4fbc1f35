// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.webadmin.markup;

import static io.tlsrpt.webadmin.markup.Html.all;
import static io.tlsrpt.webadmin.markup.Html.el;

import java.util.List;

/** Tables that can be scrolled by keyboard where they are wider than the window. */
public final class Tables {
  private Tables() {}

  /** A table; each row has as many cells as there are columns. */
  public static Html table(String caption, List<String> columns, List<? extends Html> rows) {
    return el(
            "div",
            el(
                "table",
                el("caption", caption),
                el(
                    "thead",
                    el(
                        "tr",
                        all(
                            columns.stream()
                                .map(column -> el("th", column).with("scope", "col"))
                                .toList()))),
                el("tbody", all(rows))))
        .with("class", "wide")
        .with("role", "region")
        .with("aria-label", caption)
        .with("tabindex", "0");
  }

  /** A cell with a number. */
  public static Html number(long number) {
    return number(Words.number(number));
  }

  /** A cell with a number that is written already, or with nothing. */
  public static Html number(String text) {
    return el("td", text).with("class", "number");
  }
}
