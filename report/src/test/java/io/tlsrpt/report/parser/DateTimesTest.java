// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.report.parser;

import static org.assertj.core.api.Assertions.assertThat;

import io.tlsrpt.report.Deviation;
import io.tlsrpt.report.Deviations;
import java.time.Instant;
import java.time.LocalTime;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DateTimesTest {
  private static final LocalTime END = LocalTime.of(23, 59, 59);

  private final Deviations.Counter deviations = new Deviations.Counter(10);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2026-05-01T00:00:00Z|2026-05-01T00:00:00Z|",
        "2026-05-01T02:00:00+02:00|2026-05-01T00:00:00Z|",
        "2026-05-01t00:00:00.123z|2026-05-01T00:00:00.123Z|",
        "2026-05-01T00:00:00|2026-05-01T00:00:00Z|DATE_TIME_WITHOUT_OFFSET",
        "2026-05-01 00:00:00Z|2026-05-01T00:00:00Z|DATE_TIME_WITH_BLANK",
        "2026-05-01|2026-05-01T23:59:59Z|DATE_WITHOUT_TIME",
        // strftime
        "2026-05-01T02:00:00+0200|2026-05-01T00:00:00Z|DATE_TIME_FORM",
        "2026-05-01T00:00:00 +0000|2026-05-01T00:00:00Z|DATE_TIME_FORM",
        "2026-05-01 00:00:00+0000|2026-05-01T00:00:00Z|DATE_TIME_FORM",
        "2026-05-01T00:00:00 UTC|2026-05-01T00:00:00Z|DATE_TIME_FORM",
        "2026-04-30T19:00:00EST|2026-05-01T00:00:00Z|DATE_TIME_FORM",
        // the end of a day, a leap second
        "2026-05-01T24:00:00Z|2026-05-02T00:00:00Z|DATE_TIME_FORM",
        "2026-05-01T24:00:00|2026-05-02T00:00:00Z|DATE_TIME_FORM",
        "2026-12-31T23:59:60Z|2026-12-31T23:59:59Z|DATE_TIME_FORM",
        // without punctuation, or with other
        "20260501T000000Z|2026-05-01T00:00:00Z|DATE_TIME_FORM",
        "20260501000000|2026-05-01T00:00:00Z|DATE_TIME_FORM",
        "20260501|2026-05-01T23:59:59Z|DATE_TIME_FORM",
        "2026/05/01 00:00:00|2026-05-01T00:00:00Z|DATE_TIME_FORM",
        "2026-05-01T00:00:00,5Z|2026-05-01T00:00:00Z|DATE_TIME_FORM",
        // Go, Java
        "2026-05-01 00:00:00 +0000 UTC|2026-05-01T00:00:00Z|DATE_TIME_FORM",
        "2026-05-01 02:00:00.5 +0200 CEST m=+0.01|2026-05-01T00:00:00Z|DATE_TIME_FORM",
        "2026-05-01T02:00+0200[Europe/Berlin]|2026-05-01T00:00:00Z|DATE_TIME_FORM",
        "2026-05-01T00:00Z[UTC]|2026-05-01T00:00:00Z|DATE_TIME_FORM",
        // RFC 5322, C
        "Fri, 01 May 2026 00:00:00 +0000|2026-05-01T00:00:00Z|DATE_TIME_FORM",
        "Mon, 1 May 2026 00:00 GMT|2026-05-01T00:00:00Z|DATE_TIME_FORM",
        "1 May 2026 02:00:00 +0200 (CEST)|2026-05-01T00:00:00Z|DATE_TIME_FORM",
        "1-May-2026 00:00:00 +0000|2026-05-01T00:00:00Z|DATE_TIME_FORM",
        "31 December 2026 00:00:00 +0000|2026-12-31T00:00:00Z|DATE_TIME_FORM",
        "Fri May  1 00:00:00 2026|2026-05-01T00:00:00Z|DATE_TIME_FORM",
        "Fri May  1 00:00:00 UTC 2026|2026-05-01T00:00:00Z|DATE_TIME_FORM",
        // since 1970: in seconds, and in parts of them
        "1777593600|2026-05-01T00:00:00Z|DATE_TIME_FORM",
        "1777593600.0|2026-05-01T00:00:00Z|DATE_TIME_FORM",
        "1777593600000|2026-05-01T00:00:00Z|DATE_TIME_FORM",
        "1777593600000000000|2026-05-01T00:00:00Z|DATE_TIME_FORM",
      })
  void whatHasOneMeaningShouldBeRead(String written, Instant meant, Deviation deviation) {
    assertThat(read(written)).hasValue(meant);
    assertThat(read(" " + written + " ")).hasValue(meant);
    assertThat(deviations.take())
        .isEqualTo(
            deviation == null ? Deviations.NONE : Deviations.NONE.plus(deviation).plus(deviation));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "yesterday",
        "05/01/2026",
        "01.05.2026 00:00:00",
        "2026-13-01T00:00:00+0000",
        "2026-02-30",
        "2026-05-01T24:00:01Z",
        "2026-05-01T25:00:00+0000",
        "2026-05-01T00:00:00+9900",
        "2026-05-01T00:00:00 XYZ",
        "2026-05/01",
        "Fri, 01 Foo 2026 00:00:00 +0000",
        "1 marraskuu 2026 00:00:00 +0000",
        "2026-05-01T00:00:00+02:99",
        "-1777593600",
        "177759360",
        "99999999999999999999",
        "9999999999999999999",
      })
  void whatHasNoneShouldStayUnread(String written) {
    assertThat(read(written)).isEmpty();
    assertThat(deviations.take()).isEqualTo(Deviations.NONE);
  }

  @Test
  void longTextsShouldCostNothing() {
    assertThat(read("2026-05-01T00:00:00 " + " ".repeat(60_000) + "x")).isEmpty();
    assertThat(read("1".repeat(65_000))).isEmpty();
  }

  private Optional<Instant> read(String written) {
    return new DateTimes(deviations).read(written, END);
  }
}
