// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.dns;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AnswerCacheTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration LONGEST_USE = Duration.ofHours(1);
  private static final Address HERE = Address.found("192.0.2.1");
  private static final Address ELSEWHERE = Address.found("192.0.2.2");
  private static final Address DOWN = Address.unanswered("down");

  private final AtomicReference<Instant> clock =
      new AtomicReference<>(Instant.parse("2026-06-02T15:00:00Z"));
  private final AnswerCache<String, Address> cache = withWeight(200);

  @Test
  void answersShouldBeFreshWhileTheyAreValid() {
    add("a.example", HERE);
    add("b.example", Address.ABSENT);
    add("c.example", DOWN);

    pass(MINUTE.minusMillis(1));
    assertThat(cache.fresh("a.example")).hasValue(HERE);
    assertThat(cache.fresh("b.example")).hasValue(Address.ABSENT);
    assertThat(cache.fresh("c.example")).hasValue(DOWN);

    pass(Duration.ofMillis(1));
    assertThat(cache.fresh("a.example")).isEmpty();
    assertThat(cache.fresh("b.example")).isEmpty();
    assertThat(cache.fresh("c.example")).isEmpty();
  }

  @Test
  void answerOfWhichTheAgeIsUnknownShouldNotBeFresh() {
    add("a.example", HERE);
    pass(Duration.ofHours(-1));
    assertThat(cache.fresh("a.example")).isEmpty();
  }

  @Test
  void whatWasFoundShouldBeServedStaleUntilItsLongestUse() {
    add("a.example", HERE);

    // Its age counts from the answer, however often the DNS is asked in vain after that.
    pass(Duration.ofMinutes(30));
    assertThat(add("a.example", DOWN)).isEqualTo(HERE);
    assertThat(cache.fresh("a.example")).hasValue(HERE);
    pass(Duration.ofMinutes(29));
    assertThat(cache.fresh("a.example")).isEmpty();
    assertThat(cache.stale("a.example")).hasValue(HERE);

    pass(MINUTE);
    assertThat(cache.stale("a.example")).isEmpty();
    assertThat(add("a.example", DOWN)).isEqualTo(DOWN);
    assertThat(cache.fresh("a.example")).hasValue(DOWN);
  }

  @Test
  void nothingButWhatWasFoundShouldBeServedStale() {
    add("a.example", Address.ABSENT);
    assertThat(cache.stale("a.example")).isEmpty();
    assertThat(add("a.example", DOWN)).isEqualTo(DOWN);
    assertThat(cache.stale("a.example")).isEmpty();
  }

  @Test
  void whatIsGoneShouldBeGoneAtOnce() {
    add("a.example", HERE);
    assertThat(add("a.example", Address.ABSENT)).isEqualTo(Address.ABSENT);
    assertThat(cache.fresh("a.example")).hasValue(Address.ABSENT);
    assertThat(cache.stale("a.example")).isEmpty();
  }

  @Test
  void newAnswerShouldReplaceAnyOther() {
    add("a.example", Address.ABSENT);
    assertThat(add("a.example", HERE)).isEqualTo(HERE);
    assertThat(cache.fresh("a.example")).hasValue(HERE);
    assertThat(add("a.example", ELSEWHERE)).isEqualTo(ELSEWHERE);
    assertThat(cache.fresh("a.example")).hasValue(ELSEWHERE);
  }

  @Test
  void namesThatDoNotExistShouldNotPushOutWhatWasFound() {
    add("a.example", HERE);
    for (int i = 0; i < 20_000; i++) {
      add("d" + i + ".example", Address.ABSENT);
    }
    assertThat(cache.fresh("a.example")).hasValue(HERE);
    assertThat(IntStream.range(0, 20_000).filter(i -> isFresh(cache, i)).count())
        .isBetween(1L, 10_000L);
  }

  @Test
  void whatWasFoundShouldTakeLimitedMemory() {
    AnswerCache<String, Address> large = withWeight(1 << 20);
    for (int i = 0; i < 100; i++) {
      large.add("d" + i + ".example", new TimedAnswer<>(HERE, MINUTE));
    }
    assertThat(IntStream.range(0, 100).filter(i -> isFresh(large, i)).count()).isBetween(1L, 16L);
  }

  private AnswerCache<String, Address> withWeight(int bytes) {
    return new AnswerCache<>(new Addresses(), (host, address) -> bytes, LONGEST_USE, clock::get);
  }

  private static boolean isFresh(AnswerCache<String, Address> cache, int number) {
    return cache.fresh("d" + number + ".example").isPresent();
  }

  private Address add(String host, Address address) {
    return cache.add(host, new TimedAnswer<>(address, MINUTE));
  }

  private void pass(Duration time) {
    clock.updateAndGet(now -> now.plus(time));
  }
}
