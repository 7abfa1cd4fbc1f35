// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.webadmin.markup;

import static io.tlsrpt.webadmin.markup.Html.all;
import static io.tlsrpt.webadmin.markup.Html.el;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Plain text of the guide, in which a line that begins with a hyphen begins an item of a list. */
public final class Prose {
  private static final String ITEM = "- ";

  private Prose() {}

  public static Html of(String text) {
    List<Html> blocks = new ArrayList<>();
    for (String paragraph : text.strip().split("\n\\s*\n", -1)) {
      blocks.add(block(paragraph.strip()));
    }
    return all(blocks);
  }

  /** A paragraph, or a list, perhaps with a sentence before it. */
  private static Html block(String paragraph) {
    if (!("\n" + paragraph).contains("\n" + ITEM)) {
      return el("p", oneLine(paragraph));
    }
    String[] parts = ("\n" + paragraph).split("\n" + ITEM, -1);
    Html before = parts[0].isBlank() ? Html.none() : el("p", oneLine(parts[0]));
    return all(
        before,
        el("ul", all(Arrays.stream(parts).skip(1).map(item -> el("li", oneLine(item))).toList())));
  }

  private static String oneLine(String lines) {
    return String.join(" ", lines.strip().split("\\s*\n\\s*", -1));
  }
}
