// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.dns;

import static io.tlsrpt.dns.SilentDns.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tlsrpt.report.DomainName;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class InFlightQueriesTest {
  private static final DomainName A = new DomainName("a.example");
  private static final long LONG = Duration.ofSeconds(30).toNanos();

  private final SilentDns dns = new SilentDns();

  @Test
  void oneQuestionShouldServeAllWhoAskTheSame() throws Exception {
    try (InFlightQueries<String, Address> queries = asking(dns::ask)) {
      Question<String, Address> first = ask(queries, "mx.a.example");
      assertThat(ask(queries, "mx.a.example")).isSameAs(first);
      assertThat(ask(queries, "mx.b.example")).isNotSameAs(first);
      await(() -> dns.queries.get() == 2);

      dns.speak();
      assertThat(first.await(LONG)).isEqualTo(Address.ABSENT);
      assertThat(ask(queries, "mx.a.example")).isNotSameAs(first);
    }
  }

  @Test
  void questionShouldGoOnWhenNobodyWaits() throws Exception {
    try (InFlightQueries<String, Address> queries = asking(dns::ask)) {
      ask(queries, "mx.a.example");
      dns.speak();
      await(() -> dns.answered.contains("mx.a.example"));
    }
  }

  @Test
  void failureOfTheResolverShouldBeNoAnswer() throws Exception {
    try (InFlightQueries<String, Address> queries =
        asking(
            host -> {
              throw new IllegalStateException("broken");
            })) {
      assertThat(ask(queries, "mx.a.example").await(LONG))
          .isEqualTo(Address.unanswered("java.lang.IllegalStateException: broken"));
      await(() -> dns.answered.contains("mx.a.example"));
    }
  }

  @Test
  void questionsOfAnOrganisationShouldWaitInLine() throws Exception {
    AtomicInteger atOnce = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    try (InFlightQueries<String, Address> queries =
        asking(
            host -> {
              most.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
              pause(Duration.ofMillis(20));
              atOnce.decrementAndGet();
              return Address.ABSENT;
            })) {
      for (int i = 0; i < 200; i++) {
        queries.ask("mx" + i, new Line(A, false));
      }
      await(() -> dns.answered.size() == 200);
      assertThat(most.get()).isBetween(2, 32);
    }
  }

  @Test
  void strangersShouldNotKeepAKnownNameWaiting() throws Exception {
    try (InFlightQueries<String, Address> queries =
        asking(host -> host.equals("known.example") ? Address.ABSENT : dns.ask(host))) {
      for (int i = 0; i < 1_000; i++) {
        ask(queries, "d" + i + ".example");
      }
      assertThatExceptionOfType(QuestionRefusedException.class)
          .isThrownBy(() -> ask(queries, "late.example"))
          .withMessage("1000 other queries are open");
      await(() -> dns.queries.get() == 150);
      assertThat(
              queries
                  .ask("known.example", new Line(new DomainName("known.example"), true))
                  .await(LONG))
          .isEqualTo(Address.ABSENT);
      await(() -> dns.answered.contains("known.example"));
      assertThat(dns.queries).hasValue(150);
      dns.speak();
    }
  }

  @Test
  void noQuestionShouldStartOnceTheServerIsStopping() {
    InFlightQueries<String, Address> queries = asking(dns::ask);
    queries.close();
    assertThatExceptionOfType(QuestionRefusedException.class)
        .isThrownBy(() -> ask(queries, "mx.a.example"))
        .withMessage("the server is stopping");
  }

  @Test
  @Tag("slow")
  void silentOrganisationShouldHaveFewQuestionsOpen() throws Exception {
    try (InFlightQueries<String, Address> queries = asking(dns::ask)) {
      Line line = new Line(A, false);
      for (int i = 0; i < 2; i++) {
        queries.ask("mx" + i, line);
      }
      assertThat(queries.isSilent(A)).isFalse();
      Thread.sleep(3_500);
      assertThat(queries.isSilent(A)).isTrue();
      assertThat(queries.isSilent(new DomainName("b.example"))).isFalse();
      assertThat(queries.ask("mx2", line).await(LONG))
          .isEqualTo(Address.unanswered("other queries about a.example get no answer"));
      assertThat(dns.queries).hasValue(2);
      // A question that was refused is not announced: its mail would ask again at once.
      assertThat(dns.answered).isEmpty();
      dns.speak();
      await(() -> dns.answered.size() == 2);
    }
  }

  @Test
  @Tag("slow")
  void questionThatIsNotReachedInTimeShouldNotBeTheDnsFault() throws Exception {
    try (InFlightQueries<String, Address> queries = asking(dns::ask)) {
      // Five organisations take all places of strangers.
      for (int i = 0; i < 150; i++) {
        queries.ask("mx" + i, new Line(new DomainName("d" + i / 30 + ".example"), false));
      }
      await(() -> dns.queries.get() == 150);
      assertThat(ask(queries, "late.example").await(LONG))
          .isEqualTo(Address.unasked("other queries about late.example wait for an answer"));
      assertThat(ask(queries, "late.example").await(LONG))
          .isEqualTo(Address.unasked("other queries about late.example wait for an answer"));
      dns.speak();
      await(() -> dns.answered.size() == 152);
      assertThat(ask(queries, "late.example").await(LONG)).isEqualTo(Address.ABSENT);
    }
  }

  private InFlightQueries<String, Address> asking(Function<String, Address> resolver) {
    return new InFlightQueries<>(resolver, new Addresses(), dns.answered::add);
  }

  /** Asks as a stranger, about a host of an organisation of the same name. */
  private static Question<String, Address> ask(
      InFlightQueries<String, Address> queries, String host) {
    return queries.ask(host, new Line(new DomainName(host), false));
  }

  private static void pause(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
