// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.tlsrpt.figures.FailureWindow;
import io.tlsrpt.figures.ReporterLimit;
import io.tlsrpt.figures.receiver.RejectionReason;
import io.tlsrpt.figures.receiver.ReportOutcome.Rejected;
import io.tlsrpt.report.DomainName;
import io.tlsrpt.store.StoreOutcome.Refused;
import io.tlsrpt.store.StoreOutcome.Stored;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Who gets the last places: here {@code *.mx.example} is ours by a pattern only. */
class PlacesTest {
  private static final DomainName STRANGER = new DomainName("stranger.example");
  private static final Duration DAY = Duration.ofDays(1);

  private final AtomicReference<Instant> clock = new AtomicReference<>(StoredReports.RECEIPT);
  private final Set<String> left = new HashSet<>();
  private int reports;
  private int asked;

  @Test
  void inventedDomainsShouldGiveTheirPlacesToServedOnes() {
    ReportStore store = store(12);
    commit(store, "stranger.example", hosts(0, 12));
    assertThat(store.domains()).hasSize(12);
    pass(DAY);
    commit(store, "stranger.example", "h3.mx.example");

    StoreOutcome served = commit(store, "good.example", "served.example");

    assertThat(served)
        .isInstanceOfSatisfying(
            Stored.class,
            stored -> {
              assertThat(stored.leftOut()).isEmpty();
              assertThat(stored.gaveWay()).hasSize(1).doesNotContain(domain("h3.mx.example"));
            });
    assertThat(store.domains()).hasSize(12);
    assertThat(store.domain(domain("served.example")).totals().reports()).isEqualTo(1);
  }

  @Test
  void servedDomainsShouldNotGiveWayToAnybody() {
    ReportStore store = store(2);
    commit(store, "good.example", "one.example", "two.example");

    assertThat(reason(commit(store, "stranger.example", "h0.mx.example")))
        .isEqualTo(RejectionReason.DOMAIN_LIMIT);
    assertThat(reason(commit(store, "good.example", "three.example")))
        .isEqualTo(RejectionReason.DOMAIN_LIMIT);
  }

  @Test
  void servedDomainShouldComeFirstThoughTheReportNamesItLast() {
    ReportStore store = store(1);

    assertThat(leftOut(commit(store, "good.example", "a.mx.example", "served.example")))
        .containsExactly(RejectionReason.DOMAIN_LIMIT);
    assertThat(store.domain(domain("served.example")).totals().reports()).isEqualTo(1);
  }

  @Test
  void anOrganisationShouldBringUpTwentyNewHostsADay() {
    ReportStore store = store(1_000);

    assertThat(leftOut(commit(store, "a.stranger.example", hosts(0, 999))))
        .containsExactly(RejectionReason.DOMAIN_LIMIT);
    assertThat(store.domains()).hasSize(20);
    assertThat(commit(store, "b.stranger.example", "more.mx.example")).isInstanceOf(Refused.class);
    assertThat(commit(store, "good.example", "own.mx.example")).isInstanceOf(Stored.class);
    assertThat(commit(store, "a.stranger.example", "served.example")).isInstanceOf(Stored.class);
    assertThat(commit(store, "a.stranger.example", hosts(0, 20))).isInstanceOf(Stored.class);

    pass(DAY);
    assertThat(commit(store, "b.stranger.example", "more.mx.example")).isInstanceOf(Stored.class);
  }

  @Test
  void silentHostShouldGiveItsPlaceToAnother() {
    ReportStore store = store(2);
    commit(store, "good.example", "h0.mx.example", "h1.mx.example");
    pass(DAY.multipliedBy(20));
    commit(store, "good.example", "h1.mx.example");
    assertThat(commit(store, "good.example", "h2.mx.example")).isInstanceOf(Refused.class);

    pass(DAY.multipliedBy(15).plusSeconds(1));
    assertThat(commit(store, "good.example", "h2.mx.example"))
        .isEqualTo(new Stored(false, List.of(), Set.of(domain("h0.mx.example"))));
  }

  @Test
  void hostThatIsNotHeardOfShouldBeForgotten() {
    ReportStore store = store(10);
    commit(store, "good.example", "h0.mx.example", "served.example");
    pass(DAY.multipliedBy(35).minusSeconds(1));
    assertThat(forget(store)).isEmpty();

    pass(Duration.ofSeconds(1));
    assertThat(forget(store)).containsExactly(domain("h0.mx.example"));
    assertThat(store.domains()).hasSize(1);
  }

  @Test
  void aReportOfManyInventedHostsShouldNotBeLookedUpAmongAllForEach() {
    ReportStore store = store(500);
    for (int i = 0; i < 500; i++) {
      commit(store, "good.example", "served" + i + ".example");
    }
    asked = 0;

    assertThat(commit(store, "stranger.example", hosts(0, 900))).isInstanceOf(Refused.class);
    // The standing is asked a few times for each known domain and for each domain of the report.
    assertThat(asked).isLessThan(10 * (500 + 900));
  }

  @Test
  void domainThatLeftShouldTakeNoPlace() {
    ReportStore store = store(2);
    commit(store, "good.example", "a.example", "b.example");
    assertThat(commit(store, "good.example", "c.example")).isInstanceOf(Refused.class);

    left.add("b.example");
    assertThat(commit(store, "good.example", "c.example")).isInstanceOf(Stored.class);
    // The domain keeps its state: it may be served again.
    assertThat(store.domains()).hasSize(3);
  }

  @Test
  void reporterWithoutAPlaceInOneDomainShouldCountInTheOther() {
    ReportStore store = store(10);
    for (int i = 0; i < 3; i++) {
      commit(store, "r" + i + ".example", "full.example");
    }
    commit(store, "good.example", "a.example");

    assertThat(leftOut(commit(store, "good.example", "a.example", "full.example")))
        .containsExactly(RejectionReason.REPORTER_LIMIT);
    assertThat(store.domain(domain("a.example")).totals().reports()).isEqualTo(2);
    assertThat(store.domain(domain("full.example")).totals().reports()).isEqualTo(3);
    assertThat(reason(commit(store, "good.example", "full.example")))
        .isEqualTo(RejectionReason.REPORTER_LIMIT);
  }

  @Test
  void eachReasonShouldBeGivenOnceForAReport() {
    ReportStore store = store(3);
    for (int i = 0; i < 3; i++) {
      commit(store, "r" + i + ".example", "full.example", "full2.example");
    }

    assertThat(
            leftOut(
                commit(
                    store,
                    "good.example",
                    "full.example",
                    "full2.example",
                    "x.example",
                    "y.example",
                    "z.example")))
        .containsExactlyInAnyOrder(RejectionReason.REPORTER_LIMIT, RejectionReason.DOMAIN_LIMIT);
  }

  private ReportStore store(int maxDomains) {
    return new InMemoryReportStore(
        new StoreLimits(
            maxDomains,
            new ReporterLimit(3, name -> name.isWithin(STRANGER) ? STRANGER : name),
            this::standing),
        FailureWindow.DEFAULT,
        clock::get);
  }

  private DomainStanding standing(DomainName domain) {
    asked++;
    if (left.contains(domain.value())) {
      return DomainStanding.NOT_OURS;
    }
    return domain.value().endsWith(".mx.example") ? DomainStanding.UNLISTED : DomainStanding.NAMED;
  }

  private StoreOutcome commit(ReportStore store, String reporter, String... domains) {
    return store
        .commit(List.of(StoredReports.report(reporter, "" + reports++, clock.get(), domains)))
        .getFirst();
  }

  private List<DomainName> forget(ReportStore store) {
    return store.forget(clock.get().minus(DAY.multipliedBy(400)), clock.get(), this::standing);
  }

  private void pass(Duration time) {
    clock.updateAndGet(now -> now.plus(time));
  }

  private static String[] hosts(int from, int to) {
    List<String> hosts = new ArrayList<>();
    for (int i = from; i < to; i++) {
      hosts.add("h" + i + ".mx.example");
    }
    return hosts.toArray(String[]::new);
  }

  private static RejectionReason reason(StoreOutcome outcome) {
    return ((Refused) outcome).why().reason();
  }

  private static List<RejectionReason> leftOut(StoreOutcome outcome) {
    return ((Stored) outcome).leftOut().stream().map(Rejected::reason).toList();
  }

  private static DomainName domain(String name) {
    return new DomainName(name);
  }
}
