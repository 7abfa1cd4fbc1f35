// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.dns;

import static org.assertj.core.api.Assertions.assertThat;

import io.tlsrpt.report.DomainName;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class CachedLookupsTest {
  private static final Address HERE = Address.found("192.0.2.1");

  private final AtomicReference<Instant> clock =
      new AtomicReference<>(Instant.parse("2026-06-02T15:00:00Z"));
  private final AtomicInteger queries = new AtomicInteger();
  private final AtomicInteger lines = new AtomicInteger();
  private final SilentDns dns = new SilentDns();

  @Test
  void dnsShouldBeAskedOnlyIfTheCacheHasNoFreshAnswer() {
    try (CachedLookups<String, Address> lookups = asking(host -> HERE)) {
      assertThat(find(lookups, WaitingThread.SPOOLER)).isEqualTo(HERE);
      assertThat(find(lookups, WaitingThread.SPOOLER)).isEqualTo(HERE);
      assertThat(queries).hasValue(1);
      assertThat(lines).hasValue(1);

      pass(Duration.ofMinutes(1));
      assertThat(find(lookups, WaitingThread.SPOOLER)).isEqualTo(HERE);
      assertThat(queries).hasValue(2);
    }
  }

  @Test
  void lastAnswerShouldBeServedStaleWhileTheDnsSaysNothingAtAll() {
    try (CachedLookups<String, Address> lookups =
        asking(host -> queries.get() == 1 ? HERE : dns.ask(host))) {
      find(lookups, WaitingThread.SPOOLER);
      pass(Duration.ofMinutes(59));
      assertThat(find(lookups, WaitingThread.RETRY)).isEqualTo(HERE);
      assertThat(queries).hasValue(2);

      pass(Duration.ofMinutes(1));
      assertThat(find(lookups, WaitingThread.RETRY)).isEqualTo(Address.unasked("no answer yet"));
      dns.speak();
    }
  }

  @Test
  void failureOfTheResolverShouldNotBeCached() {
    try (CachedLookups<String, Address> lookups =
        asking(
            host -> {
              if (queries.get() == 1) {
                throw new IllegalStateException("broken");
              }
              return HERE;
            })) {
      assertThat(find(lookups, WaitingThread.SPOOLER))
          .isEqualTo(Address.unanswered("java.lang.IllegalStateException: broken"));
      assertThat(find(lookups, WaitingThread.SPOOLER)).isEqualTo(HERE);
    }
  }

  /** Answers are valid for a minute, and are served stale for an hour. */
  private CachedLookups<String, Address> asking(Function<String, Address> resolver) {
    return new CachedLookups<>(
        host -> {
          queries.incrementAndGet();
          return new TimedAnswer<>(resolver.apply(host), Duration.ofMinutes(1));
        },
        new AnswerCache<>(new Addresses(), (host, address) -> 200, Duration.ofHours(1), clock::get),
        dns.answered::add);
  }

  private Address find(CachedLookups<String, Address> lookups, WaitingThread thread) {
    return lookups.find(
        "mx.a.example",
        () -> {
          lines.incrementAndGet();
          return new Line(new DomainName("a.example"), false);
        },
        new LookupDeadline(thread));
  }

  private void pass(Duration time) {
    clock.updateAndGet(now -> now.plus(time));
  }
}
