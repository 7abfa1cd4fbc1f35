// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyDomainTest {
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
    assertThat(PolicyDomain.parse(written)).hasValue(new PolicyDomain(normalised));
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
    assertThat(PolicyDomain.parse(written)).isEmpty();
  }

  @Test
  void parseShouldRefuseWhatIsTooLong() {
    assertThat(PolicyDomain.parse("a".repeat(63) + ".example")).isPresent();
    assertThat(PolicyDomain.parse("a".repeat(64) + ".example")).isEmpty();
    assertThat(PolicyDomain.parse("a.".repeat(126) + "a")).isPresent();
    assertThat(PolicyDomain.parse("a.".repeat(126) + "ab")).isEmpty();
    assertThat(PolicyDomain.parse("ü.".repeat(1_000_000))).isEmpty();
  }

  @Test
  void constructorShouldTakeOnlyWhatIsNormalised() {
    assertThatIllegalArgumentException().isThrownBy(() -> new PolicyDomain("Example.com"));
  }
}
