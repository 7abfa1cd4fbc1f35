// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.checks.records;

import static org.assertj.core.api.Assertions.assertThat;

import io.tlsrpt.report.DomainName;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NamePatternTest {

  @ParameterizedTest
  @CsvSource({
    "mx.example.com,    mx.example.com,      true,  false",
    "MX.Example.COM.,   mx.example.com,      true,  false",
    "mx.example.com,    mx2.example.com,     false, false",
    "mx.example.com,    a.mx.example.com,    false, false",
    "*.example.com,     mx.example.com,      true,  false",
    "*.Example.com,     mx.example.com,      true,  false",
    "*.example.com,     mx.h-v1.example.com, false, true",
    "*.example.com,     example.com,         false, true",
    "*.example.com,     notexample.com,      false, false",
    "*.example.com,     mx.notexample.com,   false, false",
    "*.bücher.example,  mx.xn--bcher-kva.example, true, false",
  })
  void patternShouldStandForOneLabel(
      String pattern, String host, boolean matches, boolean butForLabels) {
    NamePattern parsed = NamePattern.parse(pattern).orElseThrow();
    DomainName name = new DomainName(host);

    assertThat(parsed.matches(name)).isEqualTo(matches);
    assertThat(parsed.matchesButForLabels(name)).isEqualTo(butForLabels);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "*",
        "*.",
        ".",
        "*example.com",
        "mx*.example.com",
        "a.*.example.com",
        "*.*.example.com",
        ".example.com",
        "mx..example.com",
        "mx example.com",
        "-mx.example.com",
        "[192.0.2.1]",
        "mx.example.com:25",
        "2001:db8::1"
      })
  void otherTextShouldBeNoPattern(String written) {
    assertThat(NamePattern.parse(written)).isEmpty();
  }

  @Property
  void anyTextShouldBeRead(@ForAll String written) {
    NamePattern.parse(written)
        .ifPresent(pattern -> assertThat(NamePattern.parse(pattern.toString())).contains(pattern));
  }
}
