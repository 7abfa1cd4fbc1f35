// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.it;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.tlsrpt.testing.DnsServer;
import io.tlsrpt.testing.DnsServer.Mood;
import io.tlsrpt.testing.DnsZone;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/**
 * Floods of mails by nobody, at a real James 3.8 with 1 GiB: the genuine reports that come
 * meanwhile are counted, all of them, be it when the flood has ended. Known reporters were heard of
 * before James was started, so that none of their keys is in memory; others write for the first
 * time.
 */
class FloodIT {
  private static final int A_SECOND = 100;
  private static final int SECONDS = 30;
  private static final int REPORTS = 20;
  private static final Duration FAR_AWAY = Duration.ofMillis(80);

  /** For reports about which the DNS answers. */
  private static final Duration SOON = Duration.ofSeconds(20);

  /** For what waits until the DNS is back. */
  private static final Duration AFTERWARDS = Duration.ofMinutes(2);

  /** Whether James answers, not how fast: the machines are slow at times. */
  private static final Duration ALIVE = Duration.ofSeconds(10);

  /** One for each test, with a reporter that is known. */
  private static final List<String> FLOODS =
      List.of("selectors", "signatures", "strangers", "silence", "many");

  private static final Map<String, GenuineReporter> KNOWN = new TreeMap<>();

  private static HostileJames james;
  private static DnsServer dns;

  private Map<String, Long> before = Map.of();
  private int logBefore;
  private final List<DnsZone> zones = new ArrayList<>();

  @BeforeAll
  static void start() {
    james =
        HostileJames.start(
            "james-floods",
            Stream.concat(
                    Stream.of("example.com", SpoofedMail.ABOUT),
                    FLOODS.stream()
                        .flatMap(
                            flood ->
                                Stream.of("known-", "first-")
                                    .map(kind -> kind + flood + ".example.com")))
                .toArray(String[]::new));
    dns = james.reporters().dns();
    for (String flood : FLOODS) {
      KNOWN.put(flood, reporter("known-" + flood));
    }
    for (GenuineReporter reporter : KNOWN.values()) {
      for (int i = 0; i < REPORTS; i++) {
        reporter.send();
      }
      reporter.awaitAccepted(AFTERWARDS);
    }
    james.restart();
  }

  private static GenuineReporter reporter(String name) {
    return new GenuineReporter(james, name + ".example", name + ".example.com", REPORTS);
  }

  private static GenuineReporter known(String flood) {
    return requireNonNull(KNOWN.get(flood));
  }

  @AfterAll
  static void stop() {
    james.close();
  }

  @BeforeEach
  void remember() {
    before = james.outcomes();
    logBefore = james.log().length();
  }

  /** So that nothing waits any more when the next flood begins. */
  @AfterEach
  void everyMailShouldHaveAnOutcome(TestInfo test) {
    try {
      settle();
    } finally {
      System.out.println(test.getDisplayName() + " " + gained());
    }

    assertThat(james.received()).isEqualTo(james.taken());
    assertThat(gained()).doesNotContainKey("internal");
    assertThat(james.knows(SpoofedMail.ABOUT)).isFalse();
    assertThat(james.log().substring(logBefore)).doesNotContain(" ERROR ");
  }

  @Test
  void selectorsWithoutEndShouldKeepNoReportOut() {
    floodInNamesOf("selectors", number -> "selector" + number);
  }

  @Test
  void badSignaturesOfTrueSelectorsShouldKeepNoReportOut() {
    floodInNamesOf("signatures", number -> GenuineReporter.selector(number % REPORTS));
  }

  /** A hundred mails a second in the name of a reporter that is known, then of one that is not. */
  private void floodInNamesOf(String name, IntFunction<String> selector) {
    GenuineReporter known = known(name);
    GenuineReporter first = reporter("first-" + name);

    assertAliveDuring(
        () -> {
          floodInNameOf(known, selector);
          floodInNameOf(first, selector);
        });

    known.awaitAccepted(AFTERWARDS);
    first.awaitAccepted(AFTERWARDS);
  }

  private static void floodInNameOf(GenuineReporter reporter, IntFunction<String> selector) {
    reporter.zone().setDelay(FAR_AWAY);
    try (Flood flood =
        james.flood(
            A_SECOND,
            A_SECOND * SECONDS / 2,
            i -> SpoofedMail.of(reporter.domain(), selector.apply(i), i))) {
      sendDuring(SECONDS / 2, reporter);
      flood.await();
    }
  }

  /** Broken delegations fill the queue; then silent ones hold the threads that wait for the DNS. */
  @Test
  void domainsOfNobodyShouldKeepNoReportOut() {
    GenuineReporter known = known("strangers");
    GenuineReporter first = reporter("first-strangers");
    dns.setMood(Mood.SERVFAIL);

    assertAliveDuring(
        () -> {
          try (Flood broken =
              james.flood(
                  A_SECOND, 1_200, i -> SpoofedMail.of("broken" + i % 60 + ".example", "s", i))) {
            for (int i = 0; i < 5; i++) {
              known.send();
              first.send();
              Waiting.pause(Duration.ofSeconds(2));
            }
            broken.await();
          }
          for (int round = 0; round < 5; round++) {
            for (int i = 0; i < 4; i++) {
              String domain = "silent" + round + i + ".example";
              zone(domain).setMood(Mood.SILENT);
              james.send(SpoofedMail.of(domain, "s", i));
            }
            known.send();
            first.send();
            Waiting.pause(Duration.ofSeconds(6));
            known.awaitAccepted(SOON);
            first.awaitAccepted(SOON);
          }
        });
  }

  /** Who was heard of before can be told from a stranger although nothing can be verified. */
  @Test
  void spoofedMailsShouldGiveWayWhileTheDnsIsSilent() {
    GenuineReporter known = known("silence");
    int spoofed = A_SECOND * SECONDS;
    zone(known.domain()).setMood(Mood.SILENT);

    assertAliveDuring(
        () -> {
          try (Flood flood =
              james.flood(
                  A_SECOND,
                  spoofed,
                  i -> SpoofedMail.of(known.domain(), GenuineReporter.selector(i % REPORTS), i))) {
            sendDuring(SECONDS, known);
            flood.await();
          }
          awaitOutcomes();
        });
    assertThat(gained()).containsKey("deferral-limit").doesNotContainKey("accepted");

    settle();
    assertThat(known.accepted()).isEqualTo(known.sent());
    assertThat(gained("deferral-limit") + gained("dkim-failed")).isEqualTo(spoofed);
  }

  /** Each of them may take as long as a resolver has patience. */
  @Test
  void silentOrganisationsShouldHoldNobodyUp() {
    GenuineReporter known = known("many");
    GenuineReporter first = reporter("first-many");
    dns.setMood(Mood.SILENT);

    assertAliveDuring(
        () -> {
          try (Flood flood =
              james.flood(
                  Integer.MAX_VALUE, 400, i -> SpoofedMail.of("many" + i + ".example", "s", i))) {
            sendDuring(SECONDS, known, first);
            flood.await();
          }
        });
    known.awaitAccepted(SOON);
    first.awaitAccepted(AFTERWARDS);
  }

  /** Twenty reports of each, evenly. */
  private static void sendDuring(int seconds, GenuineReporter... reporters) {
    for (int i = 0; i < REPORTS; i++) {
      for (GenuineReporter reporter : reporters) {
        reporter.send();
      }
      Waiting.pause(Duration.ofSeconds(seconds).dividedBy(REPORTS));
    }
  }

  private static void assertAliveDuring(Runnable flood) {
    Pulse pulse = Pulse.during(james, flood);
    System.out.println(pulse);

    assertThat(pulse.jmx()).isLessThan(ALIVE);
    assertThat(pulse.mail()).isLessThan(ALIVE);
  }

  /** A zone that answers again when the test is over. */
  private DnsZone zone(String domain) {
    DnsZone zone = dns.zone(domain);
    zones.add(zone);
    return zone;
  }

  /** Lets the DNS answer at once, and waits until no mail waits for it any more. */
  private void settle() {
    dns.setMood(Mood.ANSWERING);
    zones.forEach(zone -> zone.setMood(Mood.ANSWERING));
    awaitOutcomes();
    Waiting.until(
        AFTERWARDS,
        "no mail waits",
        () -> james.outcomes().getOrDefault("deferred", 0L) == 0 && james.isLawful());
  }

  private static void awaitOutcomes() {
    Waiting.until(
        AFTERWARDS,
        "all mails are judged or wait",
        () -> james.received() == james.taken() && james.isLawful());
  }

  /** What the reports of this test have come to so far. */
  private Map<String, Long> gained() {
    Map<String, Long> gained = new TreeMap<>(james.outcomes());
    before.forEach((outcome, count) -> gained.merge(outcome, -count, Long::sum));
    gained.values().removeIf(count -> count == 0);
    return gained;
  }

  private long gained(String outcome) {
    return gained().getOrDefault(outcome, 0L);
  }
}
