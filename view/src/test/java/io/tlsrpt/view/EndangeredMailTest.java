// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.tlsrpt.figures.posture.DomainCheck;
import io.tlsrpt.figures.posture.MxCheck;
import io.tlsrpt.figures.posture.PublishedMode;
import io.tlsrpt.figures.posture.Seen;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class EndangeredMailTest {
  private static final String MX = "mx.example.com";
  private static final Seen BROKEN = Seen.failing("the fault");

  private final Looked looked = new Looked();

  @Test
  void goodHostsShouldEndangerNothing() {
    looked.domain("example.com", PublishedMode.ENFORCE, Map.of(), MX).host(MX, 1, Map.of());

    assertThat(EndangeredMail.of(looked)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(MxCheck.class)
  void badHostOfADomainThatEnforcesShouldBeTold(MxCheck check) {
    looked
        .domain("example.com", PublishedMode.ENFORCE, Map.of(), MX)
        .domain("example.net", PublishedMode.ENFORCE, Map.of(), MX)
        .host(MX, 2, Map.of(check, BROKEN));

    assertThat(EndangeredMail.of(looked))
        .containsExactly("mx.example.com of 2 domains (" + check.key() + ")");
  }

  @ParameterizedTest
  @CsvSource({"TESTING", "NONE", "ABSENT", "UNKNOWN"})
  void badHostShouldEndangerNothingWhereNobodyRefusesMail(PublishedMode mode) {
    looked
        .domain("example.com", mode, Map.of(DomainCheck.MX, BROKEN), MX)
        .host(MX, 1, Map.of(MxCheck.CERTIFICATE, BROKEN));

    assertThat(EndangeredMail.of(looked)).isEmpty();
  }

  @Test
  void daneShouldCountAsEnforcing() {
    looked
        .domain("example.com", PublishedMode.ABSENT, Map.of(DomainCheck.DANE, Seen.OK), MX)
        .host(MX, 1, Map.of(MxCheck.DANE, BROKEN));

    assertThat(EndangeredMail.of(looked)).containsExactly("mx.example.com of 1 domain (dane)");
  }

  @ParameterizedTest
  @CsvSource({"MX, ENFORCE", "DANE, ABSENT"})
  void domainThatEndangersItselfShouldBeTold(DomainCheck check, PublishedMode mode) {
    looked.domain("example.com", mode, Map.of(check, BROKEN), MX).host(MX, 1, Map.of());

    assertThat(EndangeredMail.of(looked)).containsExactly("example.com (the fault)");
  }

  @Test
  void whatIsNotKnownShouldEndangerNothing() {
    looked
        .domain("example.com", PublishedMode.ENFORCE, Map.of(), MX, "unseen.example.com")
        .host(MX, 1, Map.of(MxCheck.STARTTLS, Seen.unknown("no connection")));

    assertThat(EndangeredMail.of(looked)).isEmpty();
  }
}
