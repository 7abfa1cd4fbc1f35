// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.report.parser;

import static io.tlsrpt.report.parser.Samples.bytes;
import static io.tlsrpt.report.parser.Samples.parse;
import static io.tlsrpt.report.parser.Samples.report;
import static io.tlsrpt.report.parser.Samples.summary;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tlsrpt.report.Texts;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

public class TextsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "mx.example",
        "\u00fc",
        "\ud83d\ude00",
        "a\ud83d\ude00b\ud83d\ude00",
        "\u0001\uffff"
      })
  void soundTextShouldStay(String text) {
    assertThat(Texts.isStorable(text)).isTrue();
    assertThat(Texts.sound(text)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "'\\0',?",
    "'a\\0b',a?b",
    "H,?",
    "L,?",
    "HH,??",
    "LH,??",
    "HHL,?HL",
    "HLL,HL?",
    "aH,a?",
    "La,?a",
    "HLH,HL?",
    "H\\0L,???"
  })
  void whatCannotBeKeptShouldBeReplaced(String written, String sound) {
    String text = text(written.replace("\\0", "\0"));

    assertThat(Texts.isStorable(text)).isFalse();
    assertThat(Texts.sound(text)).isEqualTo(text(sound.replace('?', '\ufffd')));
  }

  /** H and L stand for the halves of a pair. */
  private static String text(String written) {
    return written.replace('H', '\ud83d').replace('L', '\ude00');
  }

  @Test
  void soundTextShouldOutliveUtf8() {
    Random random = new Random(1);
    for (int i = 0; i < 10_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int length = random.nextInt(6); length > 0; length--) {
        text.append(
            (char) (random.nextBoolean() ? 0xd700 + random.nextInt(0x1000) : random.nextInt(3)));
      }
      String sound = Texts.sound(text.toString());
      assertThat(new String(sound.getBytes(UTF_8), UTF_8)).isEqualTo(sound).doesNotContain("\0");
      assertThat(Texts.isStorable(text.toString())).isEqualTo(sound.contentEquals(text));
    }
  }

  @Test
  void cutShouldLeavePairsWhole() {
    assertThat(Texts.cut("abc", 3)).isEqualTo("abc");
    assertThat(Texts.cut("abcd", 3)).isEqualTo("abc");
    assertThat(Texts.cut("ab\ud83d\ude00", 3)).isEqualTo("ab");
    assertThat(Texts.cut("a\ud83d\ude00b", 3)).isEqualTo("a\ud83d\ude00");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\\ud800", "\\u0000", "a\\udc00b", "\\ude00\\ud83d"})
  void textThatHadToBeMendedShouldBeADeviation(String id) {
    String read = id.replaceAll("\\\\u....", "\ufffd");

    assertThat(summary(parse(bytes(report(id))))).isEqualTo(read + " (text-not-utf-8 1)");
  }
}
