// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.receiver.mime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MediaTypeTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "multipart/report; report-type=tlsrpt; boundary=b1",
        " Multipart/Report;Report-Type=TLSRPT;BOUNDARY=b1",
        "multipart/report; boundary=\"b1\"; report-type=\"tlsrpt\";",
        "multipart/report (a; b=c);\r\n\treport-type (x) = (y) tlsrpt (z);\r\n boundary=\"b\\1\"",
        "multipart / report; boundary=b1; report-type=tlsrpt",
        "multipart (a (nested) b)/(c) report; boundary=b1; report-type=tlsrpt",
        "multipart/report; boundary=\"b1 \"; report-type=tlsrpt",
        "multipart/report; boundary*0=b; boundary*1=1; report-type=tlsrpt",
        "multipart/report; boundary*1=1; boundary*0=\"b\"; report-type=tlsrpt",
        "multipart/report; boundary=other; boundary=b1; report-type=tlsrpt"
      })
  void fieldToTheLetterShouldBeRead(String value) {
    assertThat(MediaType.parse(value))
        .isEqualTo(new MediaType("multipart/report", "tlsrpt", Optional.of("b1"), true));
  }

  /** Forms that senders write; each was seen in the field. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "multipart/report; report-type=tlsrpt; boundary=----=_P_1.2|----=_P_1.2",
        "multipart/report; boundary=a/b; report-type=tlsrpt|a/b",
        "multipart/report; boundary=a:b; report-type=tlsrpt|a:b",
        "multipart/report; boundary=a@b; report-type=tlsrpt|a@b",
        "multipart/report; boundary=<a>; report-type=tlsrpt|<a>",
        "multipart/report; boundary=\"b1\"; report-type=tlsrpt;;|b1",
        "multipart/report;; boundary=\"b1\"; report-type=tlsrpt|b1",
        "multipart/report; ; boundary=\"b1\"; report-type=tlsrpt|b1",
        "multipart/report; boundary=\"b1\"; report-type=tlsrpt; charset=|b1",
        "multipart/report; boundary=\"b1\"; report-type=tlsrpt; charset|b1",
        "multipart/report; boundary=\"b1\"; report-type=tlsrpt; charset; x=y|b1",
        "multipart/report; boundary=\"b1\" report-type=tlsrpt|b1",
        "multipart/report boundary=b1 report-type=tlsrpt|b1",
        "multipart/report; boundary=b1; report-type=tlsrpt; =x|b1",
        "multipart/report; report-type=tlsrpt; boundary=\"b1|b1",
        "multipart/report; report-type=tlsrpt; boundary=b1 (|b1",
        "multipart/report; report-type=tlsrpt; boundary=b1 (\\|b1"
      })
  void fieldNotToTheLetterShouldBeReadAsItIsMeant(String value, String boundary) {
    MediaType type = MediaType.parse(value);
    if (!value.endsWith("=x")) {
      assertThat(type.toTheLetter()).isFalse();
    }
    assertThat(type.isReportContainer()).isTrue();
    assertThat(type.boundary()).hasValue(boundary);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "multipart/report; boundary=; report-type=x",
        "multipart/report; boundary=\"\"; x=y",
        "multipart/report; boundary=\" \"; x=y",
        "multipart/report; boundary; x=y",
        "multipart/report; xboundary=b1",
        "multipart/report; (boundary=b1)",
        "multipart/report; x=\"; boundary=b1\"",
        "multipart/report"
      })
  void boundaryWithoutAValueShouldBeNone(String value) {
    assertThat(MediaType.parse(value).boundary()).isEmpty();
    assertThat(MediaType.parse(value).isMultipart()).isTrue();
  }

  /** Whatever the field holds, its reading ends. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|''",
        "' '|''",
        ";|''",
        "/|/",
        "/;|/",
        "multipart/; boundary=b|multipart/",
        "multipart/;|multipart/",
        "multipart/ (c) ; boundary=b|multipart/",
        "/;/;/|/",
        "text; charset=x|text",
        "multipart; boundary=b|multipart",
        "=;=;=|=",
        "\"text/plain\"|\"text/plain\"",
        "(|''",
        "(\\|''",
        "\\|\\"
      })
  void fieldThatIsNoneShouldBeReadToItsEnd(String value, String essence) {
    assertThat(MediaType.parse(value).essence()).isEqualTo(essence);
    assertThat(MediaType.parse(value).isMultipart()).isEqualTo(essence.startsWith("multipart/"));
  }

  /** With work that grows with the square of the length this test would not end. */
  @ParameterizedTest
  @ValueSource(
      strings = {"/ ", "/(a)", "(", "()", ";", "a=b;", "\"", "a ", "=", "x=\"", "\\", "; /"})
  void longFieldShouldBeReadInLinearTime(String piece) {
    int times = (4 << 20) / piece.length();
    assertThat(MediaType.parse(piece.repeat(times)).isReport()).isFalse();
    assertThat(MediaType.parse("a/b; boundary=" + piece.repeat(times)).isReport()).isFalse();
  }

  @Test
  void kindsOfPartsShouldBeTold() {
    assertThat(MediaType.parse("application/tlsrpt+gzip").isRegistered()).isTrue();
    assertThat(MediaType.parse("APPLICATION/TLSRPT+JSON").isRegistered()).isTrue();
    assertThat(MediaType.parse("application/tlsrpt").isReport()).isTrue();
    assertThat(MediaType.parse("application/tlsrpt").isRegistered()).isFalse();
    assertThat(MediaType.parse("application/tlsrptx").isReport()).isFalse();
    assertThat(MediaType.parse("message/rfc822").isMessage()).isTrue();
    assertThat(MediaType.parse("multipart/report; report-type=delivery-status").isReportContainer())
        .isFalse();
  }
}
