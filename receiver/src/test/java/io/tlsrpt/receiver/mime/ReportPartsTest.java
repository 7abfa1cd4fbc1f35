// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.receiver.mime;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.tlsrpt.message.RawMail;
import io.tlsrpt.receiver.mime.ReportParts.Search;
import io.tlsrpt.report.ReportLimits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReportPartsTest {
  /** Bodies are written with a bar for each line end; the contents found are joined by a comma. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "usual; --b||one|--b||two|--b--|; one,two",
        "lines before and after; before||--b||one|--b--|after||--c; one",
        "delimiter is the last line; --b||one|--b--; one",
        "no close delimiter; --b||one|--b||two; one,two",
        "no close delimiter, line end; --b||one|--b||two|; one,two|",
        "only the line end before a delimiter is its own; --b||one||--b--; one|",
        "content is empty; --b|||--b||--b--; ,",
        "content is one line end; --b||||--b--; |",
        "no empty line; --b|X: y|--b||two|--b--; ,two",
        "no empty line at the end; --b|X: y; ''",
        "nothing behind the delimiter; --b; ''",
        "blanks behind a boundary; --b \t ||one|--b \t|X: y||two|--b-- |three; one,two",
        "longer boundary is none; --b||one|--bc|--b-|--b---|two|--b--; one|--bc|--b-|--b---|two",
        "boundary must begin the line; --b||one| --b|x--b|-b|two|--b--; one| --b|x--b|-b|two",
        "dashes are none; --b||one|--|---|-- |two|--b--; one|--|---|-- |two",
        "case counts; --b||one|--B|two|--b--; one|--B|two",
        "after the close delimiter nothing is one; --b||one|--b--|--b||two|--b--; one",
        "no part; just text; ",
        "close delimiter alone; --b--|; "
      })
  void partsShouldBeFoundByTheirBoundary(String what, String body, String contents) {
    assertThat(String.join(",", contents(mail("multipart/mixed; boundary=b", lines(body)))))
        .as(what)
        .isEqualTo(contents == null ? "" : lines(contents));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "nested; b; c; --b|@c||--c||one|--c||two|--c--||--b||three|--b--; one,two,three",
        "inner lacks its end; b; c; --b|@c||--c||one|--b||two|--b--; one,two",
        "outer close ends both; b; c; --b|@c||--c||one|--b--|--c||two; one",
        "no outer end; b; c; --b|@c||--c||one|--c--; one",
        "text of an inner multipart is no part; b; c; --b|@c||in|--c||one|--c--|out|--b||two|--b--; one,two",
        "inner is longer; b; bc; --b|@bc||--bc||one|--bc--||--b||two|--b--; one,two",
        "inner is shorter; bc; b; --bc|@b||--b||one|--b--||--bc||two|--bc--; one,two",
        "inner ends in dashes; b; b-; --b|@b-||--b-||one|--b---||--b||two|--b--; one,two",
        "same inside and outside; b; b; --b|@b||--b||one|--b||two|--b--|--b||three; one,two",
        "same one after another; b; c; --b|@c||--c||one|--c--||--b|@c||--c||two|--c--||--b--; one,two"
      })
  void outerBoundaryShouldWin(
      String what, String outer, String inner, String body, String contents) {
    String text = body.replace("@" + inner, "Content-Type: multipart/mixed; boundary=" + inner);
    assertThat(String.join(",", contents(mail("multipart/mixed; boundary=" + outer, lines(text)))))
        .as(what)
        .isEqualTo(contents);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "first dashed line is the boundary; --b||one|--b||two|--b--; one,two",
        "decoration is none; --|-----|--b||one|--b--; one",
        "blanks are none of it; --b  ||one|--b|X: y||two|--b--; one,two",
        "text before; hello|-b|--b||one|--b--; one"
      })
  void boundaryThatIsNotNamedShouldBeFound(String what, String body, String contents) {
    assertThat(String.join(",", contents(mail("multipart/mixed", lines(body)))))
        .as(what)
        .isEqualTo(contents);
  }

  @Test
  void tooLongLineShouldNotBeTakenForABoundary() {
    String seventy = "x".repeat(70);
    assertThat(
            contents(mail("multipart/mixed", lines("--x" + seventy + "|--" + seventy + "||one"))))
        .containsExactly("one");
  }

  @Test
  void singlePartShouldBeTheWholeBody() {
    assertThat(contents(mail("text/plain", "one\r\n"))).containsExactly("one\r\n");
    assertThat(contents(raw("Subject: x\r\n\r\none"))).containsExactly("one");
    assertThat(contents(raw("Subject: x"))).containsExactly("");
    assertThat(found(mail("application/tlsrpt+json", "{}")).labelled()).hasSize(1);
  }

  @Test
  void mailWithinTheMailShouldNotBeLookedInto() {
    Search.Found found =
        found(
            mail(
                "multipart/mixed; boundary=b",
                lines("--b|Content-Type: message/rfc822||Content-Type: a/b||x|--b||two|--b--")));
    assertThat(found.labelled()).isEmpty();
    assertThat(found.others()).hasSize(1);
    assertThat(found(mail("message/rfc822", "x")).others()).isEmpty();
  }

  @Test
  void containerThatNothingDividesShouldBeBroken() {
    assertThat(in(mail("multipart/report; report-type=tlsrpt; boundary=b", "--c\r\n\r\n{}")))
        .isInstanceOf(Search.Broken.class);
    assertThat(in(mail("multipart/mixed; boundary=b", "--c\r\n\r\n{}")))
        .isInstanceOf(Search.Found.class);
  }

  /** The multipart itself is one of the hundred. */
  @Test
  void mailShouldHaveAHundredParts() {
    assertThat(contents(mail("multipart/mixed; boundary=b", "--b\r\n\r\n\r\n".repeat(99))))
        .hasSize(99);
    assertTooMuch("multipart/mixed; boundary=b", "--b\r\n\r\n\r\n".repeat(100), "maxMimeParts");
  }

  @Test
  void partsShouldBeNestedTenDeep() {
    assertThat(contents(mail("multipart/mixed; boundary=b0", nested(9)))).containsExactly("x");
    assertTooMuch("multipart/mixed; boundary=b0", nested(10), "maxMimeDepth");
  }

  @Test
  void boundaryShouldHaveSeventyCharacters() {
    String seventy = "b".repeat(70);
    assertThat(
            contents(mail("multipart/mixed; boundary=" + seventy, lines("--" + seventy + "||x"))))
        .containsExactly("x");
    assertTooMuch("multipart/mixed; boundary=b" + seventy, "", "boundary");
  }

  @ParameterizedTest
  @ValueSource(ints = {100, 101})
  void partShouldHaveAHundredFields(int fields) {
    String body = "--b\r\n" + "X: y\r\n".repeat(fields) + "\r\nx";
    if (fields == 100) {
      assertThat(contents(mail("multipart/mixed; boundary=b", body))).containsExactly("x");
    } else {
      assertTooMuch("multipart/mixed; boundary=b", body, "100 fields");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {65_536, 65_537})
  void headerOfAPartShouldHaveSixtyFourKibibytes(int length) {
    String body = "--b\r\nX:" + "y".repeat(length - 2) + "\r\n\r\nx";
    if (length == 65_536) {
      assertThat(contents(mail("multipart/mixed; boundary=b", body))).containsExactly("x");
    } else {
      assertTooMuch("multipart/mixed; boundary=b", body, "65536 octets");
    }
  }

  private static String nested(int levels) {
    StringBuilder body = new StringBuilder();
    for (int i = 0; i < levels; i++) {
      body.append("--b%d|Content-Type: multipart/mixed; boundary=b%d||".formatted(i, i + 1));
    }
    return lines(body.append("--b%d||x".formatted(levels)).toString());
  }

  private static void assertTooMuch(String type, String body, String why) {
    assertThat(in(mail(type, body)))
        .isInstanceOfSatisfying(
            Search.TooMuch.class, tooMuch -> assertThat(tooMuch.why()).contains(why));
  }

  private static String lines(String text) {
    return text.replace("|", "\r\n");
  }

  private static RawMail mail(String type, String body) {
    return raw("Content-Type: " + type + "\r\n\r\n" + body);
  }

  private static RawMail raw(String octets) {
    byte[] bytes = octets.getBytes(ISO_8859_1);
    return RawMail.of(bytes, bytes.length);
  }

  private static Search in(RawMail mail) {
    return new ReportParts(ReportLimits.DEFAULT).in(mail);
  }

  private static Search.Found found(RawMail mail) {
    return (Search.Found) in(mail);
  }

  private static List<String> contents(RawMail mail) {
    List<BodyPart> parts = new ArrayList<>(found(mail).labelled());
    parts.addAll(found(mail).others());
    return parts.stream().map(ReportPartsTest::content).toList();
  }

  private static String content(BodyPart part) {
    try (var octets = part.open()) {
      return new String(octets.readAllBytes(), ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
