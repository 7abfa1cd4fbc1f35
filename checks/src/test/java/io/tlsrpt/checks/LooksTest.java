// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tlsrpt.checks.dns.MailHost;
import io.tlsrpt.checks.dns.MailHosts;
import io.tlsrpt.checks.judgement.HostSight;
import io.tlsrpt.checks.judgement.PolicySight;
import io.tlsrpt.checks.judgement.ReportedFacts;
import io.tlsrpt.figures.posture.CheckEvent;
import io.tlsrpt.figures.posture.CheckStatus;
import io.tlsrpt.figures.posture.DomainCheck;
import io.tlsrpt.figures.posture.LookRefusedException;
import io.tlsrpt.figures.posture.MxCheck;
import io.tlsrpt.figures.posture.MxPosture;
import io.tlsrpt.figures.posture.Posture;
import io.tlsrpt.figures.posture.PostureListener;
import io.tlsrpt.figures.posture.Postures.Level;
import io.tlsrpt.figures.posture.Seen;
import io.tlsrpt.report.DomainName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class LooksTest {
  private static final Instant START = Instant.parse("2026-11-24T12:00:00Z");
  private static final Duration HALF_A_SECOND = Duration.ofMillis(500);
  private static final DomainName DOMAIN = new DomainName("example.com");
  private static final DomainName MX = new DomainName("mx.example.com");
  private static final Seen BROKEN = Seen.failing("the fault");

  private final Set<DomainName> ours = new LinkedHashSet<>(List.of(DOMAIN));
  private final SeeingEyes eyes = new SeeingEyes();
  private final Told told = new Told();
  private final OwnHosts own = OwnHosts.none();
  private Executor threads = Runnable::run;
  private Instant now = START;
  private Looks looks = looks(Set.of(Level.DNS, Level.OWN_MX));

  private Looks looks(Set<Level> levels) {
    return new Looks(
        new CheckSettings(levels, Duration.ofHours(12), List.of(), Map.of(), Set.of()),
        new Ours(),
        told,
        own,
        eyes,
        task -> threads.execute(task),
        () -> now);
  }

  @Test
  void domainShouldBeShownBeforeItsFirstLook() {
    looks.align();

    assertThat(told.domains).containsExactly("example.com");
    assertThat(status(DomainCheck.TLSRPT_RECORD)).isEqualTo(CheckStatus.NOT_YET);
    assertThat(status(DomainCheck.MX)).isEqualTo(CheckStatus.OFF);
  }

  @Test
  void firstLookShouldBeAMinuteAfterTheStart() {
    looks.align();

    pass(Duration.ofSeconds(59));
    assertThat(eyes.domains).isEmpty();
    pass(Duration.ofSeconds(3));

    assertThat(eyes.domains).containsExactly(DOMAIN);
  }

  @Test
  void lookShouldComeAgainAfterTheInterval() {
    looks.align();

    pass(Duration.ofMinutes(2));
    pass(Duration.ofHours(10));
    assertThat(eyes.domains).hasSize(1);
    pass(Duration.ofHours(4));

    assertThat(eyes.domains).hasSize(2);
  }

  @Test
  void faultShouldBeSilentAtTheFirstLookAndToldAtTheSecond() {
    looks.align();
    pass(Duration.ofMinutes(2));
    eyes.record = BROKEN;
    pass(Duration.ofHours(14));

    assertThat(told.events).hasSize(1);
    assertThat(told.events.getFirst().failing()).isTrue();
    assertThat(told.events.getFirst().words()).isEqualTo("the fault");
    assertThat(eyes.domains).as("the second look follows within a quarter of an hour").hasSize(3);
  }

  @Test
  void faultThatPassesShouldNeverBeTold() {
    looks.align();
    pass(Duration.ofMinutes(2));
    for (int day = 0; day < 7; day++) {
      eyes.next.addAll(List.of(BROKEN, Seen.OK));
      pass(Duration.ofDays(1));
    }

    assertThat(told.events).isEmpty();
    assertThat(status(DomainCheck.TLSRPT_RECORD)).isEqualTo(CheckStatus.OK);
  }

  @Test
  void whatIsSoAtTheStartShouldNotBeTold() {
    eyes.record = BROKEN;
    looks.align();
    pass(Duration.ofHours(1));

    assertThat(status(DomainCheck.TLSRPT_RECORD)).isEqualTo(CheckStatus.FAILING);
    assertThat(told.events).isEmpty();
  }

  @Test
  void ownHostShouldBeKnownAtTheSecondLookAQuarterOfAnHourLater() {
    eyes.own = List.of(MX);
    looks.align();
    pass(Duration.ofMinutes(2));
    assertThat(looks.ownHosts()).isEmpty();

    pass(Duration.ofMinutes(15));
    assertThat(looks.ownHosts()).containsExactly(MX);
    pass(Duration.ofHours(10));
    assertThat(eyes.domains).as("one more look").hasSize(2);
  }

  @Test
  void domainOfOursShouldBeNoHostOfOursBesides() {
    eyes.own = List.of(DOMAIN, MX);
    looks.align();
    pass(Duration.ofMinutes(20));

    assertThat(looks.ownHosts()).containsExactly(MX);
  }

  @Test
  void failureOfAHostShouldHurryItsLook() {
    looks.align();
    pass(Duration.ofMinutes(20));
    int before = eyes.hosts.size();
    looks.hurry(MX);
    pass(Duration.ofMinutes(1));

    assertThat(eyes.hosts).hasSize(before + 1);
    assertThat(eyes.domains).hasSize(1);
  }

  @Test
  void repairShouldBeTold() {
    eyes.record = BROKEN;
    looks.align();
    pass(Duration.ofHours(1));
    eyes.record = Seen.OK;
    pass(Duration.ofHours(14));

    assertThat(told.events).hasSize(1);
    assertThat(told.events.getFirst().failing()).isFalse();
    assertThat(told.events.getFirst().words()).isEqualTo("the fault");
  }

  @Test
  void weekOfEveryKindOfSilenceShouldNotAlarm() {
    looks.align();
    pass(Duration.ofMinutes(2));
    eyes.record = Seen.unknown("no answer");
    eyes.host = HostSight.all(Seen.unknown("no connection"));
    pass(Duration.ofDays(7));

    assertThat(told.events).isEmpty();
    assertThat(status(DomainCheck.TLSRPT_RECORD)).isEqualTo(CheckStatus.UNKNOWN);
    assertThat(looks.host(MX.value()).orElseThrow().problems()).isZero();
  }

  @Test
  void hostShouldBeLookedAtOnceForAllItsDomains() {
    ours.addAll(List.of(new DomainName("example.net"), new DomainName("example.org")));
    looks.align();
    pass(Duration.ofMinutes(10));

    assertThat(eyes.hosts).containsExactly(MX);
    assertThat(looks.host(MX.value()).orElseThrow().domains()).isEqualTo(3);
    assertThat(told.hosts).containsExactly(MX.value());
  }

  @Test
  void hostOfNoDomainShouldBeForgotten() {
    looks.align();
    pass(Duration.ofMinutes(10));
    ours.clear();
    pass(Duration.ofMinutes(2));

    assertThat(told.domains).isEmpty();
    assertThat(told.hosts).isEmpty();
    assertThat(looks.hostCount()).isZero();
    pass(Duration.ofDays(2));
    assertThat(eyes.domains).hasSize(1);
    assertThat(eyes.hosts).hasSize(1);
  }

  @Test
  void noHostShouldBeLookedAtWithoutLeave() {
    looks = looks(Set.of(Level.DNS));
    looks.align();
    pass(Duration.ofDays(2));

    assertThat(eyes.hosts).isEmpty();
    assertThat(looks.hosts()).isEmpty();
  }

  @Test
  void twoLooksShouldBeginInASecondAndFourRunAtOnce() {
    Deque<Runnable> waiting = new ArrayDeque<>();
    threads = waiting::add;
    for (int i = 0; i < 10; i++) {
      ours.add(new DomainName("d" + i + ".example.com"));
    }
    looks.align();
    now = now.plus(Duration.ofMinutes(2));

    for (int i = 0; i < 10; i++) {
      looks.tick();
    }

    assertThat(waiting).hasSize(4);
    waiting.removeFirst().run();
    looks.tick();
    assertThat(waiting).hasSize(4);
  }

  @Test
  void failureThatStartsShouldHurryTheLook() {
    looks.align();
    pass(Duration.ofMinutes(30));
    looks.hurry(DOMAIN);
    pass(Duration.ofMinutes(1));

    assertThat(eyes.domains).hasSize(2);
    assertThat(eyes.hosts).hasSize(2);
  }

  @Test
  void manyFailuresShouldHurryOneLookInTenMinutes() {
    looks.align();
    pass(Duration.ofMinutes(30));
    for (int i = 0; i < 60; i++) {
      looks.hurry(DOMAIN);
      pass(Duration.ofSeconds(9));
    }

    assertThat(eyes.domains).hasSize(2);
  }

  @Test
  void lookByHandShouldBeAllowedOnceAMinute() throws Exception {
    looks.align();
    Posture posture = looks.look(DOMAIN).orElseThrow();

    assertThat(posture.lastLook()).contains(now);
    assertThatThrownBy(() -> looks.look(DOMAIN)).isInstanceOf(LookRefusedException.class);
    now = now.plus(Duration.ofMinutes(1));
    assertThat(looks.look(DOMAIN)).isPresent();
    assertThat(looks.look(new DomainName("other.example"))).isEmpty();
  }

  @Test
  void lookThatThrowsShouldMakeItUnknownAndComeAgain() {
    eyes.error = Optional.of(new AssertionError("a fault of ours"));
    looks.align();
    pass(Duration.ofHours(1));

    assertThat(status(DomainCheck.TLSRPT_RECORD)).isEqualTo(CheckStatus.UNKNOWN);
    eyes.error = Optional.empty();
    pass(Duration.ofDays(2));
    assertThat(status(DomainCheck.TLSRPT_RECORD)).isEqualTo(CheckStatus.OK);
  }

  @Test
  void clockSetBackShouldNotStopTheLooks() {
    looks.align();
    pass(Duration.ofHours(1));
    now = now.minus(Duration.ofHours(6));
    pass(Duration.ofHours(30));

    assertThat(eyes.domains).hasSizeGreaterThan(1);
  }

  @Test
  void clockSetBackByAYearShouldDelayNothing() {
    now = START.plus(Duration.ofDays(365));
    looks.align();
    pass(Duration.ofHours(1));
    now = START;
    pass(Duration.ofHours(14));
    assertThat(eyes.domains).hasSize(2);

    eyes.record = BROKEN;
    pass(Duration.ofHours(14));
    assertThat(told.events).hasSize(1);
  }

  @Test
  void clockSetBackShouldNotRefuseALookByHand() throws Exception {
    looks.align();
    pass(Duration.ofMinutes(2));
    now = now.minus(Duration.ofDays(1));

    assertThat(looks.look(DOMAIN)).isPresent();
    assertThat(eyes.domains).hasSize(2);
  }

  @Test
  void domainRemovedDuringItsLookShouldStayGone() {
    looks.align();
    eyes.during =
        () -> {
          ours.clear();
          looks.align();
        };
    pass(Duration.ofDays(2));

    assertThat(eyes.domains).hasSize(1);
    assertThat(told.domains).isEmpty();
    assertThat(looks.domain(DOMAIN)).isEmpty();
    assertThat(told.events).isEmpty();
  }

  @Test
  void lookInDoubtShouldBeShownAsFollowedSoon() {
    looks.align();
    pass(Duration.ofMinutes(2));
    eyes.next.add(BROKEN);
    looks.hurry(DOMAIN);
    pass(Duration.ofMinutes(11));

    Posture posture = looks.domain(DOMAIN).orElseThrow();
    assertThat(posture.nextLook())
        .hasValueSatisfying(
            next ->
                assertThat(Duration.between(posture.lastLook().orElseThrow(), next))
                    .isBetween(Duration.ofMinutes(11), Duration.ofMinutes(15)));
  }

  @Test
  void faultThatCannotBeSeenAnyMoreShouldNotBeLookedAtAllDay() {
    looks.align();
    pass(Duration.ofMinutes(2));
    eyes.record = BROKEN;
    pass(Duration.ofHours(14));
    eyes.domains.clear();
    eyes.record = Seen.unknown("no answer");
    pass(Duration.ofDays(1));

    assertThat(status(DomainCheck.TLSRPT_RECORD)).isEqualTo(CheckStatus.FAILING);
    assertThat(eyes.domains).hasSizeBetween(2, 4);
  }

  @Test
  void hurriedLookShouldNotWaitForThousandsOfFirstLooks() {
    looks.align();
    pass(Duration.ofMinutes(20));
    for (int i = 0; i < 1_000; i++) {
      ours.add(new DomainName("d" + i + ".example.com"));
    }
    looks.align();
    pass(Duration.ofMinutes(2));
    eyes.domains.clear();
    looks.hurry(DOMAIN);
    pass(Duration.ofMinutes(1));

    assertThat(eyes.domains).contains(DOMAIN).hasSizeLessThan(200);
  }

  @Test
  void hostsBeyondFiveHundredShouldBeJudgedAndNotShown() {
    eyes.hostOf = domain -> new DomainName("mx." + domain);
    for (int i = 0; i < 600; i++) {
      ours.add(new DomainName("d" + i + ".example.com"));
    }
    looks.align();
    pass(Duration.ofHours(11));

    assertThat(looks.hostCount()).isEqualTo(601);
    assertThat(looks.hosts()).hasSize(500);
    assertThat(told.hosts).hasSize(500);
    assertThat(ours)
        .map(domain -> looks.host("mx." + domain))
        .allMatch(host -> host.orElseThrow().lastLook().isPresent());
  }

  @Test
  void listenerThatThrowsShouldNotEndTheLooks() throws Exception {
    looks.align();
    pass(Duration.ofMinutes(2));
    told.error = Optional.of(new IllegalStateException("a fault of the listener"));
    now = now.plus(Duration.ofMinutes(2));
    assertThat(looks.look(DOMAIN)).isPresent();
    told.error = Optional.empty();
    eyes.domains.clear();
    eyes.hosts.clear();
    pass(Duration.ofHours(14));

    assertThat(eyes.domains).isNotEmpty();
    assertThat(eyes.hosts).isNotEmpty();
  }

  private CheckStatus status(DomainCheck check) {
    return looks.domain(DOMAIN).orElseThrow().check(check).status();
  }

  /** Time goes on, half a second at a time for a minute or two, then a minute at a time. */
  private void pass(Duration time) {
    Instant end = now.plus(time);
    Duration step =
        time.compareTo(Duration.ofMinutes(2)) <= 0 ? HALF_A_SECOND : Duration.ofSeconds(30);
    Instant aligned = now;
    while (now.isBefore(end)) {
      now = now.plus(step);
      looks.tick();
      if (!aligned.plusSeconds(50).isAfter(now)) {
        looks.align();
        aligned = now;
      }
    }
  }

  /** The domains of this test. */
  private final class Ours implements CheckedDomains {
    @Override
    public Collection<DomainName> all() {
      return List.copyOf(ours);
    }

    @Override
    public boolean isOurs(DomainName domain) {
      return ours.contains(domain);
    }

    @Override
    public ReportedFacts reported(DomainName domain) {
      return ReportedFacts.NONE;
    }
  }

  /** See what they are told to see, and remember what they looked at. */
  private static final class SeeingEyes implements Eyes {
    private final List<DomainName> domains = new ArrayList<>();
    private final List<DomainName> hosts = new ArrayList<>();
    private final Deque<Seen> next = new ArrayDeque<>();
    private Seen record = Seen.OK;
    private HostSight host = HostSight.all(Seen.OK);
    private Optional<AssertionError> error = Optional.empty();
    private Runnable during = () -> {};
    private List<DomainName> own = List.of();
    private Function<DomainName, DomainName> hostOf = domain -> MX;

    @Override
    public DomainSight lookAt(DomainName domain, ReportedFacts facts, Duration maxAge) {
      domains.add(domain);
      during.run();
      error.ifPresent(
          e -> {
            throw e;
          });
      return new DomainSight(
          next.isEmpty() ? record : next.removeFirst(),
          new PolicySight.NotPublished(Seen.absent("no MTA-STS record")),
          Seen.OFF,
          Seen.absent("no TLSA records"),
          new MailHosts.Hosts(
              List.of(new MailHost(10, hostOf.apply(domain).value())), 0, false, false),
          List.of(hostOf.apply(domain)),
          own,
          facts);
    }

    @Override
    public HostSight lookAtHost(DomainName name, boolean inForce) {
      hosts.add(name);
      return host;
    }

    @Override
    public Optional<Boolean> resolverValidates() {
      return Optional.of(true);
    }

    @Override
    public void forget(Collection<DomainName> hosts) {}

    @Override
    public void retain(Set<DomainName> kept) {}
  }

  /** Remembers what there is and what it was told. */
  private static final class Told implements PostureListener {
    private final Set<String> domains = new TreeSet<>();
    private final Set<String> hosts = new TreeSet<>();
    private final List<CheckEvent> events = new ArrayList<>();
    private final Map<String, MxPosture> last = new HashMap<>();
    private Optional<RuntimeException> error = Optional.empty();

    @Override
    public void changed(Posture posture) {
      error.ifPresent(
          e -> {
            throw e;
          });
      domains.add(posture.domain().value());
    }

    @Override
    public void changed(MxPosture posture) {
      hosts.add(posture.host());
      last.put(posture.host(), posture);
      assertThat(posture.checks()).containsOnlyKeys(MxCheck.values());
    }

    @Override
    public void gone(DomainName domain) {
      domains.remove(domain.value());
    }

    @Override
    public void goneHost(String host) {
      hosts.remove(host);
    }

    @Override
    public void tell(CheckEvent event) {
      events.add(event);
    }
  }
}
