// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.dkim;

import static org.assertj.core.api.Assertions.assertThat;

import io.tlsrpt.report.DomainName;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class KnownKeysTest {
  private static final DomainName A = new DomainName("a.example");
  private static final Instant NOW = Instant.parse("2026-06-02T15:00:00Z");

  private final AtomicReference<Instant> clock = new AtomicReference<>(NOW);
  private final KnownKeys keys = new KnownKeys(clock::get);

  @Test
  void reporterShouldBeKnownOnceItsKeyIsWrittenDown() {
    keys.good("s._domainkey.mail.a.example", A, "p=1");
    assertThat(keys.get("s._domainkey.mail.a.example")).isEmpty();
    keys.accepted(A);
    assertThat(keys.get("s._domainkey.mail.a.example")).isPresent();
    assertThat(keys.knows(A)).isFalse();

    writeDown();
    assertThat(keys.knows(A)).isTrue();
    assertThat(keys.knows(new DomainName("mail.a.example"))).isFalse();
    assertThat(keys.changes().isEmpty()).isTrue();
  }

  @Test
  void daysShouldBeCountedAndWrittenDownOnceADay() {
    accept("s", "a.example", "p=1");
    writeDown();
    accept("s", "a.example", "p=1");
    assertThat(keys.changes().isEmpty()).isTrue();
    accept("s", "a.example", "p=2");
    assertThat(keys.changes().kept()).extracting(KnownKeys.Key::days).containsExactly(1);
    writeDown();
    clock.set(NOW.plus(Duration.ofDays(1)));
    accept("s", "a.example", "p=2");
    assertThat(keys.changes().kept())
        .containsExactly(
            new KnownKeys.Key(name("s", "a.example"), A, "p=2", LocalDate.parse("2026-06-03"), 2));
    assertThat(keys.knows(A)).isTrue();
  }

  @Test
  void newKeysShouldNotPushOutTheOneOfEachDay() {
    for (int day = 0; day < 3; day++) {
      clock.set(NOW.plus(Duration.ofDays(day)));
      accept("daily", "a.example", "p=1");
    }
    for (int i = 0; i < 32; i++) {
      clock.set(NOW.plus(Duration.ofDays(10 + i)));
      accept("s" + i, "a.example", "p=1");
    }
    assertThat(keys.get(name("daily", "a.example"))).isPresent();
    assertThat(keys.get(name("s2", "a.example"))).isEmpty();
    assertThat(keys.get(name("s3", "a.example"))).isPresent();
    assertThat(keys.changes().kept()).hasSize(30);
    // Nobody has written down what went before that.
    assertThat(keys.changes().forgotten()).isEmpty();
  }

  @Test
  void strangersShouldNotFillMemoryNorPushOutAReporter() {
    accept("s", "reporter.example", "p=1");
    clock.set(NOW.plus(Duration.ofDays(1)));
    accept("s", "reporter.example", "p=1");
    writeDown();
    for (int i = 0; i < 5_100; i++) {
      accept("s", "d" + i + ".example", "p=1");
    }
    writeDown();
    assertThat(keys.knows(new DomainName("reporter.example"))).isTrue();
    assertThat(keys.knows(new DomainName("d5099.example"))).isTrue();
    assertThat(keys.changes().isEmpty()).isTrue();
  }

  @Test
  void keysOfMailsThatWereNeverAcceptedShouldBeForgotten() {
    keys.good("s._domainkey.a.example", A, "p=1");
    for (int i = 0; i < 1_000; i++) {
      keys.good("s" + i + "._domainkey.b.example", new DomainName("b.example"), "p=1");
    }
    keys.accepted(A);
    assertThat(keys.changes().isEmpty()).isTrue();
  }

  @Test
  void recordThatIsNoPlainTextShouldNotBeKept() {
    keys.good("s._domainkey.a.example", A, "p=1; n=\u0000");
    keys.accepted(A);
    assertThat(keys.changes().isEmpty()).isTrue();
  }

  @Test
  void clockThatIsAheadShouldForgetNobody() {
    accept("s", "a.example", "p=1");
    writeDown();
    clock.set(NOW.plus(Duration.ofDays(3_650)));
    accept("s", "b.example", "p=1");
    assertThat(keys.knows(A)).isTrue();
    assertThat(keys.changes().forgotten()).isEmpty();
  }

  @Test
  void whatWasWrittenBeforeShouldBeKnownAtOnce() {
    KnownKeys.Key before =
        new KnownKeys.Key("s._domainkey.a.example", A, "p=1", LocalDate.parse("2026-06-01"), 7);
    keys.addWritten(List.of(before));
    assertThat(keys.knows(A)).isTrue();
    assertThat(keys.get(before.name())).hasValue(before);
    assertThat(keys.changes().isEmpty()).isTrue();
  }

  @Test
  void changeWhileItIsWrittenDownShouldBeWrittenDownNext() {
    accept("s", "a.example", "p=1");
    KnownKeys.Changes changes = keys.changes();
    accept("s", "a.example", "p=2");
    keys.written(changes);
    assertThat(keys.changes().kept()).extracting(KnownKeys.Key::record).containsExactly("p=2");
  }

  private void writeDown() {
    keys.written(keys.changes());
  }

  private void accept(String selector, String domain, String record) {
    keys.good(name(selector, domain), new DomainName(domain), record);
    keys.accepted(new DomainName(domain));
  }

  private static String name(String selector, String domain) {
    return selector + "._domainkey." + domain;
  }
}
