// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.receiver.mime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TransferEncodingTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "base64",
        " BASE64 ",
        "base64 (as usual)",
        "(as usual) base64",
        "\r\n\tbase64\r\n ",
        "base64(a (nested) b)"
      })
  void encodingToTheLetterShouldBeKnown(String value) {
    assertThat(TransferEncoding.parse(value)).isEqualTo(new TransferEncoding("base64", true));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "base64;",
        "base64 ;",
        "\"base64\"",
        "\" base64 \"",
        "\"base64",
        "base64\"",
        "base64 7bit",
        "base64 (",
        "base64; x=y"
      })
  void firstWordShouldCount(String value) {
    assertThat(TransferEncoding.parse(value)).isEqualTo(new TransferEncoding("base64", false));
  }

  @ParameterizedTest
  @CsvSource({
    "7bit, true", "8BIT, true", "binary, true", "Quoted-Printable, true", "'', false",
    "x-uuencode, false", "base-64, false", "utf-8, false", "'base64,', false", "(, false"
  })
  void unknownEncodingShouldBeTold(String value, boolean known) {
    assertThat(TransferEncoding.parse(value).isKnown()).isEqualTo(known);
  }
}
