// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.webadmin.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tlsrpt.figures.DomainHealth;
import io.tlsrpt.report.DomainName;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class ParametersTest {
  @Test
  void whatIsLeftOutOrEmptyShouldBeTheDefault() {
    for (Parameters parameters : new Parameters[] {Parameters.NONE, of(" ")}) {
      assertThat(parameters.text("p")).isEmpty();
      assertThat(parameters.number("p", 7, 1, 9)).isEqualTo(7);
      assertThat(parameters.truth("p")).isFalse();
      assertThat(parameters.domain("p")).isEmpty();
      assertThat(parameters.choice("p", DomainHealth.class)).isEmpty();
      assertThat(parameters.choices("p", DomainHealth.class)).isEmpty();
    }
  }

  @Test
  void valuesShouldBeRead() {
    assertThat(of(" a b ").text("p")).contains("a b");
    assertThat(of("9").number("p", 7, 1, 9)).isEqualTo(9);
    assertThat(of("true").truth("p")).isTrue();
    assertThat(of("B\u00fccher.Example").domain("p"))
        .contains(new DomainName("xn--bcher-kva.example"));
    assertThat(of("losing, fine").choices("p", DomainHealth.class))
        .containsExactly(DomainHealth.LOSING, DomainHealth.FINE);
  }

  @Test
  void badValuesShouldBeNamedWithWhatIsAllowed() {
    assertBad(() -> of("0").number("p", 7, 1, 9), "p is '0'; allowed: a number from 1 to 9");
    assertBad(() -> of("1e3").number("p", 7, 1, 9), "p is '1e3'; allowed: a number from 1 to 9");
    assertBad(() -> of("yes").truth("p"), "p is 'yes'; allowed: true, false");
    assertBad(() -> of("a b").domain("p"), "p is 'a b'; allowed: the name of a domain");
    assertBad(
        () -> of("LOSING").choice("p", DomainHealth.class),
        "p is 'LOSING'; allowed: losing, failing, silent, never, fine");
    assertBad(
        () -> of("<b>").choices("p", DomainHealth.class),
        "p is '\\u003cb>'; allowed: losing, failing, silent, never, fine");
    assertBad(() -> of("x".repeat(254)).text("p"), "; allowed: at most 253 characters");
  }

  private static void assertBad(ThrowingCallable asked, String message) {
    assertThatExceptionOfType(BadRequestException.class)
        .isThrownBy(asked)
        .withMessageEndingWith(message);
  }

  private static Parameters of(String value) {
    return new Parameters(Map.of("p", value));
  }
}
