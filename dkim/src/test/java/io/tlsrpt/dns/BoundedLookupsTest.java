// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.dns;

import static io.tlsrpt.dns.SilentDns.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.tlsrpt.report.DomainName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class BoundedLookupsTest {
  private final SilentDns dns = new SilentDns();

  @Test
  void silentNameServersShouldHoldFewThreadsAndNoneTwice() throws Exception {
    try (BoundedLookups<String, Address> lookups = asking(dns::ask);
        ExecutorService mails = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Address>> waiting = new ArrayList<>();
      for (int i = 0; i < SpoolerBulkhead.MAX; i++) {
        String host = "d" + i + ".example";
        waiting.add(mails.submit(() -> ask(lookups, host, WaitingThread.SPOOLER)));
      }
      await(() -> dns.queries.get() == SpoolerBulkhead.MAX);
      assertThat(ask(lookups, "e.example", WaitingThread.SPOOLER))
          .isEqualTo(Address.unasked("too many mails wait for the DNS already"));
      for (Future<Address> mail : waiting) {
        assertThat(mail.get()).isEqualTo(Address.unanswered("no answer yet"));
      }
      // Its name server is known to be silent by now.
      assertThat(ask(lookups, "d0.example", WaitingThread.SPOOLER))
          .isEqualTo(Address.unanswered("too many mails wait for the DNS already"));

      // A question that nobody waited for is asked all the same, and its answer is announced.
      dns.speak();
      await(() -> dns.answered.contains("e.example"));
      assertThat(dns.queries).hasValue(SpoolerBulkhead.MAX + 1);
    }
  }

  @Test
  void knownNameShouldBeWaitedForWhateverStrangersDo() throws Exception {
    try (BoundedLookups<String, Address> lookups =
            asking(host -> host.equals("known.example") ? Address.ABSENT : dns.ask(host));
        ExecutorService mails = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < SpoolerBulkhead.MAX; i++) {
        String host = "d" + i + ".example";
        mails.execute(() -> ask(lookups, host, WaitingThread.SPOOLER));
      }
      await(() -> dns.queries.get() == SpoolerBulkhead.MAX);
      assertThat(
              lookups.ask(
                  "known.example",
                  new Line(new DomainName("known.example"), true),
                  new LookupDeadline(WaitingThread.SPOOLER)))
          .isEqualTo(Address.ABSENT);
      dns.speak();
    }
  }

  @Test
  void retryShouldHardlyWaitAndNeedNoPlaceInTheBulkhead() {
    try (BoundedLookups<String, Address> lookups = asking(dns::ask)) {
      long start = System.nanoTime();
      for (int i = 0; i <= SpoolerBulkhead.MAX; i++) {
        assertThat(ask(lookups, "d" + i + ".example", WaitingThread.RETRY))
            .isEqualTo(Address.unasked("no answer yet"));
      }
      assertThat(System.nanoTime() - start)
          .isGreaterThanOrEqualTo(Duration.ofMillis(200).toNanos());
      dns.speak();
    }
  }

  @Test
  void slowAnswerShouldNotPassForSilence() {
    try (BoundedLookups<String, Address> lookups =
        asking(
            host -> {
              pause(Duration.ofMillis(3_300));
              return Address.ABSENT;
            })) {
      for (String host : List.of("a.example", "a.example")) {
        assertThat(ask(lookups, host, WaitingThread.SPOOLER)).isEqualTo(Address.ABSENT);
      }
    }
  }

  @Test
  void refusedQuestionShouldBeNoFaultOfTheDns() {
    BoundedLookups<String, Address> lookups = asking(dns::ask);
    lookups.close();
    assertThat(ask(lookups, "a.example", WaitingThread.SPOOLER))
        .isEqualTo(Address.unasked("the DNS was not asked: the server is stopping"));
  }

  private BoundedLookups<String, Address> asking(Function<String, Address> resolver) {
    return new BoundedLookups<>(resolver, new Addresses(), dns.answered::add);
  }

  /** Asks as a stranger, about a host of an organisation of the same name. */
  private static Address ask(
      BoundedLookups<String, Address> lookups, String host, WaitingThread thread) {
    return lookups.ask(host, new Line(new DomainName(host), false), new LookupDeadline(thread));
  }

  private static void pause(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
