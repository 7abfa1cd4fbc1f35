// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.webadmin.markup;

import static io.tlsrpt.webadmin.markup.Html.el;

import io.tlsrpt.figures.guide.FailureAdvice;

/** What to do about a failure: commands to look, and what to change. */
public final class Remedy {
  private Remedy() {}

  /**
   * A part of a page that can be unfolded.
   *
   * @param open whether it is unfolded at first
   */
  public static Html of(FailureAdvice advice, boolean open) {
    return el(
            "details",
            el("summary", "What to do"),
            el("p", "Look:"),
            el("pre", advice.look()).with("tabindex", "0"),
            el("p", "Change:"),
            Prose.of(advice.change()))
        .flagged("open", open);
  }
}
