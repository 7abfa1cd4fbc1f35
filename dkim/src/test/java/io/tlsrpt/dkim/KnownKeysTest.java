// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.dkim;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class KnownKeysTest {
  private static final Instant NOW = Instant.parse("2026-06-02T15:00:00Z");

  private final AtomicReference<Instant> clock = new AtomicReference<>(NOW);
  private final KnownKeys keys = new KnownKeys(clock::get);

  @Test
  void reporterShouldBeKnownOnceItsKeyIsWrittenDown() {
    keys.good("s._domainkey.mail.a.example", "a.example", "p=1");
    assertThat(keys.get("s._domainkey.mail.a.example")).isPresent();
    assertThat(keys.knows("a.example")).isFalse();

    writeDown();
    assertThat(keys.knows("a.example")).isTrue();
    assertThat(keys.knows("mail.a.example")).isFalse();
    assertThat(keys.changes().isEmpty()).isTrue();
  }

  @Test
  void keyShouldBeWrittenDownOnceADayOrWhenItIsAnother() {
    good("s", "a.example", "p=1");
    writeDown();
    clock.set(NOW.plus(Duration.ofHours(23)));
    good("s", "a.example", "p=1");
    assertThat(keys.changes().isEmpty()).isTrue();
    good("s", "a.example", "p=2");
    assertThat(keys.changes().kept()).extracting(KnownKeys.Key::record).containsExactly("p=2");
    writeDown();
    clock.set(NOW.plus(Duration.ofDays(2)));
    good("s", "a.example", "p=2");
    assertThat(keys.changes().kept()).hasSize(1);
    assertThat(keys.knows("a.example")).isTrue();
  }

  @Test
  void anOrganisationShouldHaveTenKeys() {
    for (int i = 0; i < 12; i++) {
      clock.set(NOW.plusSeconds(i));
      good("s" + i, "a.example", "p=1");
    }
    assertThat(keys.get(name("s1", "a.example"))).isEmpty();
    assertThat(keys.get(name("s2", "a.example"))).isPresent();
    assertThat(keys.changes().kept()).hasSize(10);
    assertThat(keys.changes().forgotten())
        .containsExactlyInAnyOrder(name("s0", "a.example"), name("s1", "a.example"));
  }

  @Test
  void strangersShouldNotFillMemory() {
    for (int i = 0; i < 5_100; i++) {
      clock.set(NOW.plusSeconds(i));
      good("s", "d" + i + ".example", "p=1");
    }
    writeDown();
    assertThat(keys.knows("d99.example")).isFalse();
    assertThat(keys.knows("d100.example")).isTrue();
  }

  @Test
  void silentReporterShouldBeForgottenAfterHalfAYear() {
    good("s", "a.example", "p=1");
    writeDown();
    clock.set(NOW.plus(Duration.ofDays(181)));
    good("s", "b.example", "p=1");
    assertThat(keys.knows("a.example")).isFalse();
    assertThat(keys.changes().forgotten()).containsExactly(name("s", "a.example"));
  }

  @Test
  void whatWasWrittenBeforeShouldBeKnownAtOnce() {
    KnownKeys.Key before = new KnownKeys.Key("s._domainkey.a.example", "a.example", "p=1", NOW);
    keys.addWritten(List.of(before));
    assertThat(keys.knows("a.example")).isTrue();
    assertThat(keys.get(before.name())).hasValue(before);
    assertThat(keys.changes().isEmpty()).isTrue();
  }

  @Test
  void changeWhileItIsWrittenDownShouldBeWrittenDownNext() {
    good("s", "a.example", "p=1");
    KnownKeys.Changes changes = keys.changes();
    good("s", "a.example", "p=2");
    keys.written(changes);
    assertThat(keys.changes().kept()).extracting(KnownKeys.Key::record).containsExactly("p=2");
  }

  private void writeDown() {
    keys.written(keys.changes());
  }

  private void good(String selector, String domain, String record) {
    keys.good(name(selector, domain), domain, record);
  }

  private static String name(String selector, String domain) {
    return selector + "._domainkey." + domain;
  }
}
