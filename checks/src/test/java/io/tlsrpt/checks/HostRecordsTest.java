// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.checks;

import static org.assertj.core.api.Assertions.assertThat;

import io.tlsrpt.checks.dns.Questions;
import io.tlsrpt.report.DomainName;
import io.tlsrpt.testing.DnsServer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Type;

class HostRecordsTest {
  private static final DomainName HOST = new DomainName("mx.example.org");
  private static final Duration HALF_A_DAY = Duration.ofHours(6);

  private final DnsServer dns = DnsServer.start();
  private Instant now = Instant.parse("2026-11-24T12:00:00Z");
  private final HostRecords records = new HostRecords(new Questions(() -> now), () -> now);

  @BeforeEach
  void serve() {
    dns.useInThisProcess();
    dns.serve(HOST.value(), Type.A, "192.0.2.1");
  }

  @AfterEach
  void close() {
    dns.close();
  }

  @Test
  void answersShouldBeSharedWhileTheyAreYoung() {
    ask(HALF_A_DAY);
    now = now.plus(HALF_A_DAY).minusSeconds(1);
    assertThat(ask(HALF_A_DAY)).isZero();
    now = now.plusSeconds(1);
    assertThat(ask(HALF_A_DAY)).isEqualTo(1);
    assertThat(ask(Duration.ZERO)).isEqualTo(1);
  }

  @Test
  void lackOfAnAnswerShouldBeSharedForMinutes() {
    dns.setMood(DnsServer.Mood.SERVFAIL);
    ask(HALF_A_DAY);
    now = now.plus(Duration.ofMinutes(9));
    assertThat(ask(HALF_A_DAY)).isZero();
    now = now.plus(Duration.ofMinutes(1));
    assertThat(ask(HALF_A_DAY)).isPositive();
  }

  @Test
  void whatIsForgottenShouldBeAskedAgain() {
    ask(HALF_A_DAY);
    records.forget(List.of(HOST));
    assertThat(ask(HALF_A_DAY)).isEqualTo(1);
    records.retain(Set.of(HOST));
    assertThat(ask(HALF_A_DAY)).isZero();
    records.retain(Set.of());
    assertThat(ask(HALF_A_DAY)).isEqualTo(1);
  }

  @Test
  void answersOfAWrongClockShouldBeAskedAgain() {
    ask(HALF_A_DAY);
    now = now.minus(Duration.ofDays(365));

    assertThat(ask(HALF_A_DAY)).isEqualTo(1);
  }

  /** How many questions about its address that took. */
  private int ask(Duration maxAge) {
    int before = dns.queries(Type.A);
    records.of(HOST, maxAge);
    return dns.queries(Type.A) - before;
  }
}
