// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a sender wrote, where a person or a program reads it. */
class PlainTextTest {
  @ParameterizedTest
  @CsvSource({
    "mx1.example.com, mx1.example.com",
    "Bücher & Söhne, Bücher & Söhne",
    // Swing draws a text that begins so as a page.
    "<html><img>, \\u003chtml>\\u003cimg>",
    "two\u2028lines, two\\u2028lines",
    "\u202egpj.exe, \\u202egpj.exe",
  })
  void whatCouldDoHarmShouldBeEscaped(String written, String shown) {
    assertThat(PlainText.of(written)).isEqualTo(shown);
  }

  @Test
  void controlsAndHalvesOfCharactersShouldBeEscaped() {
    assertThat(PlainText.of("a\nb\u0000c\ud800")).isEqualTo("a\\u000ab\\u0000c\\ud800");
  }

  @Test
  void longTextShouldBeCutWithoutBreakingACharacter() {
    assertThat(PlainText.of("x".repeat(300))).isEqualTo("x".repeat(255) + "…");
    assertThat(PlainText.of("ab<cd", 7)).isEqualTo("ab…");
    assertThat(PlainText.of("ab<cd", 8)).isEqualTo("ab\\u003c…");
  }
}
