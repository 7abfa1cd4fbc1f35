// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DomainNameTest {
  @ParameterizedTest
  @CsvSource({
    "example.com, example.com",
    "Example.COM, example.com",
    "example.com., example.com",
    "' example.com ', example.com",
    "bücher.example, xn--bcher-kva.example",
    "XN--BCHER-KVA.example, xn--bcher-kva.example",
    "_25._tcp.mx.example, _25._tcp.mx.example",
    "localhost, localhost",
    "xn--strae-oqa.example, xn--strae-oqa.example",
    "ΒΌΛΟΣ.example, xn--nxasmq6b.example",
  })
  void parseShouldNormalise(String written, String normalised) {
    assertThat(DomainName.parse(written)).hasValue(new DomainName(normalised));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "..",
        "example..com",
        "-example.com",
        "example-.com",
        "exa mple.com",
        "a\"=*,?:\r\n",
        "example.com:25",
        "*.example.com",
        "[192.0.2.1]",
        "example.com/..",
        "\u0000",
        "straße.example",
        "STRAẞE.example",
        "βόλος.example",
        "a\u200cb.example",
        "a\u200db.example",
      })
  void parseShouldRefuseWhatIsNoHostName(String written) {
    assertThat(DomainName.parse(written)).isEmpty();
  }

  @Test
  void parseShouldRefuseWhatIsTooLong() {
    assertThat(DomainName.parse("a".repeat(63) + ".example")).isPresent();
    assertThat(DomainName.parse("a".repeat(64) + ".example")).isEmpty();
    assertThat(DomainName.parse("a.".repeat(126) + "a")).isPresent();
    assertThat(DomainName.parse("a.".repeat(126) + "ab")).isEmpty();
    assertThat(DomainName.parse("ü.".repeat(1_000_000))).isEmpty();
  }

  @Test
  void constructorShouldTakeOnlyWhatIsNormalised() {
    assertThatIllegalArgumentException().isThrownBy(() -> new DomainName("Example.com"));
  }

  @ParameterizedTest
  @CsvSource({
    "example.com, example.com, true",
    "a.example.com, example.com, true",
    "a.b.example.com, example.com, true",
    "anexample.com, example.com, false",
    "example.com, a.example.com, false",
    "com, example.com, false",
    "example.org, example.com, false",
  })
  void isWithinShouldBeTrueOfTheDomainAndOfNamesBelowIt(String name, String other, boolean within) {
    assertThat(new DomainName(name).isWithin(new DomainName(other))).isEqualTo(within);
  }
}
