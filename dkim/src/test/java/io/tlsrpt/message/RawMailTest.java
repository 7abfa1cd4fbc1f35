// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.message;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RawMailTest {
  @Test
  void fieldsShouldBeReadAsTheyStand() {
    RawMail mail = mail("From: a@b.example\r\nSUBJECT \t: one\r\n\ttwo\r\n\r\nbody");

    assertThat(mail.ambiguity()).isEmpty();
    assertThat(mail.header().fields())
        .extracting(Field::name, Field::octets, Field::length)
        .containsExactly(tuple("from", " a@b.example", 17), tuple("subject", " one\r\n\ttwo", 20));
    assertThat(body(mail)).isEqualTo("body");
  }

  @Test
  void octetsAboveAsciiShouldBeKept() {
    RawMail mail = mail("X: \u00ff\u00c3\u00bc\r\n\r\n\u0080");

    Field field = mail.header().first("x").orElseThrow();
    assertThat(field.octets()).isEqualTo(" \u00ff\u00c3\u00bc");
    assertThat(field.value()).isEqualTo(" \ufffd\u00fc");
    assertThat(body(mail)).isEqualTo("\u0080");
    assertThat(mail.ambiguity()).isEmpty();
  }

  /** Each is a field to one reader and none, or another, to the next. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Type\r\n : multipart/mixed; boundary=X",
        "Content-Type\u000b: a/b",
        "\u0001Content-Type: a/b",
        "TLS-Report-Domain\r\n : x.example",
        "Content-Transfer-Encoding\r\n : base64",
        "Content-Type\r\n (alone)",
        "Content-Type",
        ": no name",
        "two words: x",
        "N\u00e4me: x",
        "Del\u007f: x",
        "X: a\r\n ",
        "X: a\r\n \t \r\n b",
        "X: a\rb",
        "X: a\r",
        "X\r: b",
        "X: \u0000",
        "\u0000: x"
      })
  void lineThatIsNoFieldShouldBeAFlaw(String line) {
    assertThat(mail("From: a@b.example\r\n" + line + "\r\nTo: c@d.example\r\n\r\nx").ambiguity())
        .hasValueSatisfying(
            why ->
                assertThat(why)
                    .startsWith("the header can be read in several ways: line ")
                    .matches("[ -~]+"));
  }

  @ParameterizedTest
  @ValueSource(strings = {" X: y\r\n\r\n", "\tFrom: a@b.example\r\n\r\n", "  \r\nX: y\r\n\r\n"})
  void firstLineThatContinuesNothingShouldBeAFlaw(String mail) {
    assertThat(mail(mail).ambiguity())
        .hasValueSatisfying(why -> assertThat(why).contains("is no header field"));
  }

  @ParameterizedTest
  @CsvSource({
    "'X: y\\n', 6",
    "'X: y', 4",
    "'X: y\\n\\n', 8",
    "'X: y\\n\\nz', 8",
    "'\\nX: y\\n', 2",
    "'', 0",
    "'X: y\\n z', 8"
  })
  void bodyShouldBeginAfterTheEmptyLineOrAtTheEnd(String mail, int bodyStart) {
    RawMail raw = mail(mail.replace("\\n", "\r\n"));
    assertThat(raw.bodyStart()).isEqualTo(bodyStart);
    assertThat(raw.ambiguity()).isEmpty();
  }

  @Test
  void headerThatIsEmptyShouldHaveNoFields() {
    assertThat(mail("\r\nX: y\r\n").header().fields()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "'a: b\\n\\nc\\n', 'a: b\\r\\n\\r\\nc\\r\\n'",
    "'\\n\\n', '\\r\\n\\r\\n'",
    "'a: b\\r\\n\\r\\nc\\nd\\r\\n', 'a: b\\r\\n\\r\\nc\\r\\nd\\r\\n'",
    "'a: b\\r\\n\\r\\nc\\rd\\r', 'a: b\\r\\n\\r\\nc\\rd\\r'"
  })
  void bareLineFeedsShouldBecomeLineEnds(String stored, String sent) {
    RawMail mail = mail(real(stored));
    assertThat(new String(mail.bytes(), 0, mail.size(), ISO_8859_1)).isEqualTo(real(sent));
  }

  @Test
  void whatFollowsTheMailInItsArrayShouldNotBeRead() {
    byte[] bytes = "X: y\r\n\r\nbody\r\nno more\n".getBytes(UTF_8);
    RawMail mail = RawMail.of(bytes, 12);
    assertThat(mail.bytes()).isSameAs(bytes);
    assertThat(body(mail)).isEqualTo("body");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Type",
        "Content-Transfer-Encoding",
        "TLS-Report-Domain",
        "TLS-Report-Submitter"
      })
  void secondFieldThatSaysHowToReadShouldBeAmbiguous(String name) {
    String field = name + ": x\r\n";
    assertThat(mail(field + "\r\n").ambiguity()).isEmpty();
    assertThat(mail(field + name.toUpperCase(Locale.ROOT) + " : y\r\n\r\n").ambiguity())
        .hasValueSatisfying(why -> assertThat(why).endsWith("is there more than once"));
  }

  @Test
  void otherFieldsMayBeRepeated() {
    assertThat(mail("Received: a\r\nReceived: b\r\nSubject: c\r\nSubject: d\r\n\r\n").ambiguity())
        .isEmpty();
  }

  @Test
  void headerShouldHaveAThousandFields() {
    assertThat(mail("X: y\r\n".repeat(1_000) + "\r\n").ambiguity()).isEmpty();

    RawMail more = mail("X: y\r\n".repeat(1_001) + "\r\nbody");
    assertThat(more.ambiguity()).hasValueSatisfying(why -> assertThat(why).endsWith("1000 fields"));
    assertThat(more.header().fields()).hasSize(1_000);
    assertThat(more.header().isWithinLimits()).isFalse();
    assertThat(body(more)).isEqualTo("body");
  }

  @Test
  void headerShouldHaveAQuarterOfAMebibyte() {
    int limit = 256 << 10;
    assertThat(mail("X:" + "y".repeat(limit - 2) + "\r\n\r\n").ambiguity()).isEmpty();

    RawMail more = mail("X:" + "y".repeat(limit - 1) + "\r\n\r\nbody");
    assertThat(more.ambiguity()).hasValueSatisfying(why -> assertThat(why).endsWith("octets"));
    assertThat(more.header().isWithinLimits()).isFalse();
    assertThat(body(more)).isEqualTo("body");
  }

  @Test
  void fieldsShouldBeFoundFromTheTop() {
    Header header = mail("X: 1\r\nY: 2\r\nx: 3\r\n\r\n").header();
    assertThat(header.fields("x")).extracting(Field::value).isEqualTo(List.of(" 1", " 3"));
    assertThat(header.first("x").map(Field::value)).hasValue(" 1");
    assertThat(header.count("x")).isEqualTo(2);
    assertThat(header.first("z")).isEmpty();
    assertThat(header.count("z")).isZero();
  }

  private static String real(String text) {
    return text.replace("\\r", "\r").replace("\\n", "\n");
  }

  private static RawMail mail(String octets) {
    byte[] bytes = octets.getBytes(ISO_8859_1);
    return RawMail.of(bytes, bytes.length);
  }

  private static String body(RawMail mail) {
    return new String(mail.bytes(), mail.bodyStart(), mail.size() - mail.bodyStart(), ISO_8859_1);
  }
}
