// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.dkim;

import static org.assertj.core.api.Assertions.assertThat;

import io.tlsrpt.dkim.AuthenticationResults.Property;
import io.tlsrpt.dkim.AuthenticationResults.Result;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuthenticationResultsTest {
  @Test
  void everyPartShouldBeRead() {
    assertThat(
            AuthenticationResults.parse(
                " mx.example.com 1; spf=pass (ok; really (nested)) smtp.mailfrom=a@b.example;\r\n"
                    + "\tDKIM / 1 = Pass reason=\"good; \\\"sig\\\"\" header.D=b.example"
                    + " header.i=\"@b.example\" header.b=\"a=b/c\"; arc=none"))
        .hasValue(
            new AuthenticationResults(
                "mx.example.com",
                true,
                List.of(
                    new Result(
                        "spf", "pass", List.of(new Property("smtp.mailfrom", "a@b.example"))),
                    new Result(
                        "dkim",
                        "pass",
                        List.of(
                            new Property("reason", "good; \"sig\""),
                            new Property("header.d", "b.example"),
                            new Property("header.i", "@b.example"),
                            new Property("header.b", "a=b/c"))),
                    new Result("arc", "none", List.of()))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "header.b=Ab= header.d=b.example",
        "header.b=Ab/dEf header.d=b.example",
        "policy.x=1=2 header.d=b.example",
        "header.d=b.example (= a/b)"
      })
  void separatorsWithinValuesShouldNotMatter(String properties) {
    assertThat(AuthenticationResults.parse("mx.example.com; dkim=pass " + properties))
        .hasValueSatisfying(
            field ->
                assertThat(field.results().getFirst().property("header.d")).hasValue("b.example"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        ";",
        "; dkim=pass",
        "(comment",
        "=",
        "/",
        "spf=pass (sender IP is 192.0.2.1) smtp.mailfrom=a.example; dkim=pass header.d=a.example",
        "dkim = pass",
        "a b=c; dkim=pass",
      })
  void whatNamesNobodyShouldBeNone(String value) {
    assertThat(AuthenticationResults.parse(value)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a; none", "a;", "a; dkim", "a; dkim=", "a; =pass", "a; \"", "a; (", "a; (\\"})
  void whatSaysNothingShouldHaveNoResult(String value) {
    assertThat(AuthenticationResults.parse(value))
        .hasValueSatisfying(field -> assertThat(field.results()).isEmpty());
  }
}
