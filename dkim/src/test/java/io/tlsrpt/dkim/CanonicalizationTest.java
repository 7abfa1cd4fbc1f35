// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.dkim;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.tlsrpt.message.Field;
import io.tlsrpt.message.RawMail;
import java.io.ByteArrayOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts are written with a bar for each line end and {@code ~} for a tab. */
class CanonicalizationTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "`One: x`;`One: x`;`one:x`",
        "`TWO : y~|~z  `;`TWO : y~|~z  `;`two:y z`",
        "`Three~:~ a  ~b~`;`Three~:~ a  ~b~`;`three:a b`",
        "`Four:`;`Four:`;`four:`",
        "`Five:  `;`Five:  `;`five:`",
        "`Six:a\u000b \u000cb`;`Six:a\u000b \u000cb`;`six:a\u000b \u000cb`",
        "`Seven: \u00ff`;`Seven: \u00ff`;`seven:\u00ff`"
      })
  void fieldShouldBeWritten(String written, String simple, String relaxed) {
    assertThat(field(Canonicalization.SIMPLE, written)).isEqualTo(real(simple));
    assertThat(field(Canonicalization.RELAXED, written)).isEqualTo(real(relaxed));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "``;`|`;``",
        "`|`;`|`;``",
        "`|||`;`|`;``",
        "` ~ `;` ~ |`;``",
        "` | |`;` | |`;``",
        "` x  |y ~z~||| |`;` x  |y ~z~||| |`;` x|y z|`",
        "`a`;`a|`;`a|`",
        "`a|`;`a|`;`a|`",
        "`a|||`;`a|`;`a|`",
        "`|a`;`|a|`;`|a|`",
        "`a| |b`;`a| |b|`;`a||b|`",
        "`a  b~`;`a  b~|`;`a b|`",
        "`a\u000b|\u000c`;`a\u000b|\u000c|`;`a\u000b|\u000c|`",
        "`\u00ff \u00e4`;`\u00ff \u00e4|`;`\u00ff \u00e4|`"
      })
  void bodyShouldBeWritten(String written, String simple, String relaxed) {
    assertThat(body(Canonicalization.SIMPLE, real(written))).isEqualTo(real(simple));
    assertThat(body(Canonicalization.RELAXED, real(written))).isEqualTo(real(relaxed));
  }

  @Test
  void returnAloneShouldBeTextLikeAnyOther() {
    assertThat(body(Canonicalization.RELAXED, "a \rb\r\r\n\r")).isEqualTo("a \rb\r\r\n\r\r\n");
    assertThat(body(Canonicalization.SIMPLE, "a\r\r\n\r\n")).isEqualTo("a\r\r\n");
  }

  @ParameterizedTest
  @ValueSource(ints = {4_093, 4_094, 4_095, 4_096, 4_097, 8_192, 8_193, 100_000})
  void longBodyShouldBeWritten(int length) {
    String text = "x".repeat(length);
    for (Canonicalization form : Canonicalization.values()) {
      assertThat(body(form, text + "\r\n" + text)).isEqualTo(text + "\r\n" + text + "\r\n");
    }
  }

  @Test
  void namesShouldBeToldInAnyCase() {
    assertThat(Canonicalization.parse("Relaxed")).hasValue(Canonicalization.RELAXED);
    assertThat(Canonicalization.parse("SIMPLE")).hasValue(Canonicalization.SIMPLE);
    assertThat(Canonicalization.parse("nofws")).isEmpty();
    assertThat(Canonicalization.parse("")).isEmpty();
  }

  private static String real(String text) {
    return text.replace("|", "\r\n").replace('~', '\t');
  }

  private static String field(Canonicalization form, String field) {
    byte[] mail = (real(field) + "\r\n\r\n").getBytes(ISO_8859_1);
    Field first = RawMail.of(mail, mail.length).header().fields().getFirst();
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    ByteSink out = new ByteSink(written::write);
    form.field(first, out);
    out.flush();
    return written.toString(ISO_8859_1);
  }

  private static String body(Canonicalization form, String text) {
    byte[] bytes = ("X" + text + "\r\nX").getBytes(ISO_8859_1);
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    ByteSink out = new ByteSink(written::write);
    form.body(bytes, 1, 1 + text.length(), out);
    out.flush();
    return written.toString(ISO_8859_1);
  }
}
