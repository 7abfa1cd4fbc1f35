// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.checks.records;

import static org.assertj.core.api.Assertions.assertThat;

import io.tlsrpt.checks.records.MtaStsRecord.Good;
import io.tlsrpt.checks.records.MtaStsRecord.None;
import io.tlsrpt.checks.records.MtaStsRecord.Several;
import io.tlsrpt.checks.records.MtaStsRecord.Unreadable;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MtaStsRecordTest {

  @ParameterizedTest
  @CsvSource({
    "v=STSv1; id=20261129T120000,      20261129T120000",
    "v=STSv1;id=1;,                    1",
    "v=STSv1 ; id = a ;; new=x,        a",
    "v=STSv1; id=12345678901234567890123456789012, 12345678901234567890123456789012",
    "v=STSv1; id=1; id=2,              1",
  })
  void recordShouldHaveAnId(String text, String id) {
    assertThat(MtaStsRecord.of(List.of("v=spf1 -all", text))).isEqualTo(new Good(id));
  }

  @ParameterizedTest
  @CsvSource({
    "v=STSv1;,                  the MTA-STS record has no id: v=STSv1;",
    "v=STSv1; ID=1,             the MTA-STS record has no id: v=STSv1; ID=1",
    "v=STSv1; id=,              the id of the MTA-STS record is not 1 to 32 letters and digits: ",
    "v=STSv1; id=2026-11-29,    the id of the MTA-STS record is not 1 to 32 letters and digits: 2026-11-29",
    "v=STSv1; id=é,             the id of the MTA-STS record is not 1 to 32 letters and digits: é",
    "v=STSv1; id=123456789012345678901234567890123, the id of the MTA-STS record is not 1 to 32 letters and digits: 123456789012345678901234567890123",
    "v=STSv1; 20261129,         the MTA-STS record is unreadable: v=STSv1; 20261129",
  })
  void recordOfNoUseShouldBeQuoted(String text, String words) {
    assertThat(MtaStsRecord.of(List.of(text)))
        .asInstanceOf(InstanceOfAssertFactories.type(Unreadable.class))
        .extracting(unreadable -> unreadable.words().strip())
        .isEqualTo(words);
  }

  @Test
  void twoRecordsShouldBeAsNone() {
    assertThat(MtaStsRecord.of(List.of("v=STSv1; id=1", "v=STSv1; broken")))
        .isEqualTo(new Several(2));
  }

  @Test
  void otherTextsShouldNotCount() {
    assertThat(MtaStsRecord.of(List.of("v=spf1 -all", "v=STSv12; id=1")))
        .isEqualTo(new None(Optional.empty()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"v=STSv1", "v=stsv1; id=1", " v=STSv1; id=1", "v=STSv1 id=1"})
  void textThatWasMeantAsOneShouldBeShown(String text) {
    // "v=STSv1 id=1" reads as version "STSv1id=1" once its blank is gone.
    assertThat(MtaStsRecord.of(List.of(text))).isInstanceOf(None.class);
  }

  @Property
  void anyTextShouldBeRead(@ForAll List<String> texts, @ForAll String end) {
    assertThat(MtaStsRecord.of(texts)).isNotNull();
    assertThat(MtaStsRecord.of(List.of("v=STSv1;" + end))).isNotInstanceOf(None.class);
  }
}
