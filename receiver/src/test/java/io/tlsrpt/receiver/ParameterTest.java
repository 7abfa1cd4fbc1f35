// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.receiver;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How values are read, whichever parameter they belong to. */
class ParameterTest {
  @ParameterizedTest
  @CsvSource({"1, 1", "200, 200", "10000, 10000"})
  void wholeNumberShouldBeRead(String written, int number) {
    assertThat(Parameter.wholeNumber("some", 5, 10_000).reader().apply(written)).hasValue(number);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "-1", "01", "+1", "1.0", "10001", "9999999999", "１"})
  void whatIsNoWholeNumberWithinTheBoundsShouldBeRefused(String written) {
    assertThat(Parameter.wholeNumber("some", 5, 10_000).reader().apply(written)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"1024 B, 1024", "1KiB, 1024", "15 MiB, 15728640", "1 GiB, 1073741824"})
  void sizeShouldBeRead(String written, long bytes) {
    assertThat(Parameter.size("some", 5).reader().apply(written)).hasValue(bytes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1024", "1 KB", "1023 B", "2 GiB", "9999999999 GiB", "1  KiB"})
  void whatIsNoSizeWithinTheBoundsShouldBeRefused(String written) {
    assertThat(Parameter.size("some", 5).reader().apply(written)).isEmpty();
  }

  @Test
  void timeShouldBeReadWithinItsBounds() {
    Parameter<Duration> time =
        Parameter.duration("some", Duration.ZERO, Duration.ofHours(2), Duration.ofDays(3), "");

    assertThat(time.reader().apply("2 hours")).hasValue(Duration.ofHours(2));
    assertThat(time.reader().apply("3days")).hasValue(Duration.ofDays(3));
    assertThat(time.reader().apply("1 hour")).isEmpty();
    assertThat(time.reader().apply("73 hours")).isEmpty();
    assertThat(time.reader().apply("3 weeks")).isEmpty();
  }

  @Test
  void oneBadValueShouldSpoilAList() {
    Parameter<Set<String>> list =
        Parameter.list("some", one -> Optional.of(one).filter(text -> !text.isEmpty()), "");

    assertThat(list.reader().apply(" a ,b, a"))
        .hasValueSatisfying(values -> assertThat(values).containsExactlyInAnyOrder("a", "b"));
    assertThat(list.reader().apply("a,,b")).isEmpty();
    assertThat(list.otherwise()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "spf", "DKIM", "mx.example.com dkim=pass", "a;b", "x=y"})
  void whatIsNoAuthservIdShouldBeRefused(String written) {
    assertThat(AuthservId.parse(written)).isEmpty();
  }

  @Test
  void authservIdShouldBeReadAsItIsWritten() {
    assertThat(AuthservId.parse("MX.example.com")).hasValue("MX.example.com");
  }
}
