// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.webadmin.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvTest {
  @Test
  void cellsShouldBeQuotedIfTheyMustBe() {
    Csv csv =
        new Csv(
            "name", List.of("a", "b"), List.of(List.of("x,y", "he said \"no\""), List.of("1", "")));
    assertThat(csv.text()).isEqualTo("a,b\r\n\"x,y\",\"he said \"\"no\"\"\"\r\n1,\r\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"=1+1", "+1", "-1", "@SUM(A1)", "\tx"})
  void formulasShouldBecomeText(String cell) {
    assertThat(new Csv("name", List.of("a"), List.of(List.of(cell))).text())
        .isEqualTo("a\r\n'" + cell + "\r\n");
  }
}
