// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store.fold;

import static io.tlsrpt.store.StoredReports.DAY;
import static io.tlsrpt.store.StoredReports.RECEIPT;
import static io.tlsrpt.store.StoredReports.entry;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tlsrpt.figures.DomainState;
import io.tlsrpt.figures.FailureWindow;
import io.tlsrpt.figures.ReporterLimit;
import io.tlsrpt.figures.receiver.RejectionReason;
import io.tlsrpt.figures.receiver.ReportOutcome.Rejected;
import io.tlsrpt.report.DetailSelection;
import io.tlsrpt.report.DomainName;
import io.tlsrpt.report.FailureDetails;
import io.tlsrpt.report.PolicyResult;
import io.tlsrpt.store.DomainStanding;
import io.tlsrpt.store.NewReport;
import io.tlsrpt.store.Places;
import io.tlsrpt.store.StateChange;
import io.tlsrpt.store.StoreLimits;
import io.tlsrpt.store.StoreOutcome;
import io.tlsrpt.store.StoreOutcome.AlreadyStored;
import io.tlsrpt.store.StoreOutcome.Refused;
import io.tlsrpt.store.StoreOutcome.Stored;
import io.tlsrpt.store.StoredReports;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What becomes of reports, without any database. There is room for two domains, of which {@code
 * *.mx.example} are ours by a pattern only, and for two reporters of each.
 */
class FoldTest {
  private static final DomainName DOMAIN = new DomainName("example.com");
  private static final DomainReporter WHOSE =
      new DomainReporter(DOMAIN, new DomainName("good.example"));
  private static final Stored STORED = new Stored(false);
  private static final StoreLimits LIMITS =
      new StoreLimits(
          2,
          new ReporterLimit(2, name -> name),
          domain ->
              domain.value().endsWith(".mx.example")
                  ? DomainStanding.UNLISTED
                  : DomainStanding.NAMED);

  private final DomainStates states = new DomainStates();
  private final Known known = new Known();
  private final Fold fold =
      new Fold(
          states, new Places(LIMITS, states.view()), LIMITS, FailureWindow.DEFAULT, RECEIPT, known);

  @Test
  void reportShouldBeWrittenAndChangeTheStateOfItsDomain() {
    NewReport report = report("1", "example.com");

    assertThat(add(report)).isEqualTo(STORED);
    assertThat(fold.reports()).containsExactly(new FoldedReport(report, List.of(Optional.empty())));
    assertThat(fold.changes())
        .containsExactly(new StateChange(DomainState.of(DOMAIN), states.get(DOMAIN)));
    assertThat(reportsOf("example.com")).isEqualTo(1);
  }

  @Test
  void changesOfADomainShouldFollowOneAnother() {
    add(report("1", "example.com"));
    DomainState between = states.get(DOMAIN);
    add(report("2", "example.com"));

    assertThat(fold.changes())
        .containsExactly(
            new StateChange(DomainState.of(DOMAIN), between),
            new StateChange(between, states.get(DOMAIN)));
  }

  @Test
  void reportThatComesTwiceInAMailShouldBeStoredOnce() {
    NewReport report = report("1", "example.com");

    assertThat(fold.add(List.of(report, report))).containsExactly(STORED, new AlreadyStored(true));
    assertThat(fold.reports()).hasSize(1);
    assertThat(reportsOf("example.com")).isEqualTo(1);
  }

  @Test
  void reportThatSaysSomethingElseTheSecondTimeShouldBeTold() {
    add(report("1", "example.com"));

    assertThat(add(report("1", DAY, RECEIPT, entry("example.com", 99, 1))))
        .isEqualTo(new AlreadyStored(false));
    assertThat(reportsOf("example.com")).isEqualTo(1);
  }

  @Test
  void reportThatTheDatabaseKnowsShouldChangeNothing() {
    NewReport report = report("1", "example.com");
    known.report(Digests.hex(report.identity()), Digests.of(report.content()));

    assertThat(add(report)).isEqualTo(new AlreadyStored(true));
    assertThat(fold.reports()).isEmpty();
    assertThat(fold.changes()).isEmpty();
    assertThat(states.changed()).isEmpty();
  }

  @Test
  void sameContentUnderAnotherIdShouldCountAndBeTold() {
    add(report("1", "example.com"));

    assertThat(add(report("2", "example.com"))).isEqualTo(new Stored(true));
    assertThat(reportsOf("example.com")).isEqualTo(2);
  }

  @Test
  void domainWithoutAPlaceShouldBeLeftOut() {
    add(report("1", "one.example"));

    assertThat(leftOut(add(report("2", "two.example", "three.example"))))
        .containsExactly(RejectionReason.DOMAIN_LIMIT);
    assertThat(fold.reports().getLast().report().contributions())
        .extracting(contribution -> contribution.domain().value())
        .containsExactly("two.example");
    assertThat(states.view()).doesNotContainKey(new DomainName("three.example"));
  }

  @Test
  void reportOfWhichNothingHasAPlaceShouldBeRefused() {
    add(report("1", "one.example", "two.example"));

    assertThat(reason(add(report("2", "three.example")))).isEqualTo(RejectionReason.DOMAIN_LIMIT);
    assertThat(fold.reports()).hasSize(1);
  }

  @Test
  void reporterWithoutAPlaceShouldBeRefused() {
    add(StoredReports.report("r1.example", "1", RECEIPT, "example.com"));
    add(StoredReports.report("r2.example", "1", RECEIPT, "example.com"));

    assertThat(reason(add(StoredReports.report("r3.example", "1", RECEIPT, "example.com"))))
        .isEqualTo(RejectionReason.REPORTER_LIMIT);
  }

  @Test
  void domainByPatternShouldGiveWayToANamedOne() {
    add(report("1", "a.mx.example", "one.example"));

    assertThat(add(report("2", "two.example")))
        .isEqualTo(new Stored(false, List.of(), Set.of(new DomainName("a.mx.example"))));
    assertThat(states.view())
        .containsOnlyKeys(new DomainName("one.example"), new DomainName("two.example"));
  }

  @Test
  void placeOfADomainThatGaveWayShouldBeTakenOnce() {
    add(report("1", "a.mx.example", "one.example"));
    add(report("2", "two.example"));

    assertThat(reason(add(report("3", "three.example")))).isEqualTo(RejectionReason.DOMAIN_LIMIT);
  }

  @Test
  void dayShouldHaveFiveHundredReports() {
    ReporterDay day = new ReporterDay(DAY, WHOSE);
    add(report("1", "example.com"));
    assertThat(known.changedDays()).isEmpty();

    for (int i = 2; i <= 500; i++) {
      assertThat(add(report("" + i, "example.com"))).isEqualTo(new Stored(true));
    }
    assertThat(known.changedDays()).isEqualTo(Map.of(day, 500));
    assertThat(reason(add(report("501", "example.com")))).isEqualTo(RejectionReason.REPORT_LIMIT);
    assertThat(known.changedDays()).isEqualTo(Map.of(day, 500));
    assertThat(reportsOf("example.com")).isEqualTo(500);

    assertThat(add(report("502", DAY.plusDays(1), RECEIPT, entry("example.com", 1, 0))))
        .isEqualTo(STORED);
  }

  @Test
  void fullDayShouldLeaveOutItsDomainOnly() {
    add(report("1", "example.com"));
    known.reportsOf(new ReporterDay(DAY, WHOSE), 500);

    assertThat(leftOut(add(report("2", "example.com", "other.example"))))
        .containsExactly(RejectionReason.REPORT_LIMIT);
    assertThat(reportsOf("example.com")).isEqualTo(1);
    assertThat(reportsOf("other.example")).isEqualTo(1);
  }

  /** A day needs a row as soon as a later day was reported: its first report counts as second. */
  @Test
  void reportAboutASkippedDayShouldCountAsTheSecond() {
    add(report("1", DAY.plusDays(1), RECEIPT, entry("example.com", 1, 0)));
    add(report("2", DAY, RECEIPT, entry("example.com", 1, 0)));

    assertThat(known.changedDays()).isEqualTo(Map.of(new ReporterDay(DAY, WHOSE), 2));
  }

  @Test
  void reportsOfOneDayOfReceiptShouldShareTheRoomForDetails() {
    add(report("1", DAY, RECEIPT, failing(400)));
    add(report("2", DAY.plusDays(1), RECEIPT, failing(400)));
    add(report("3", DAY.plusDays(2), RECEIPT.plus(Duration.ofDays(1)), failing(400)));

    List<Integer> octets = fold.reports().stream().map(FoldTest::octets).toList();
    assertThat(octets.get(0) + octets.get(1))
        .isBetween(DetailSelection.ROOM * 9 / 10, DetailSelection.ROOM);
    assertThat(octets.get(2)).isEqualTo(octets.get(0));
    assertThat(known.changedUse())
        .isEqualTo(Map.of(WHOSE, new DetailsUse(LocalDate.parse("2026-06-03"), octets.get(2))));
  }

  private StoreOutcome add(NewReport report) {
    return fold.add(List.of(report)).getFirst();
  }

  private long reportsOf(String domain) {
    return states.get(new DomainName(domain)).totals().reports();
  }

  private static NewReport report(String id, String... domains) {
    return StoredReports.report("good.example", id, RECEIPT, domains);
  }

  private static NewReport report(
      String id, LocalDate day, Instant receivedAt, PolicyResult... entries) {
    return StoredReports.report("good.example", id, day, receivedAt, entries);
  }

  private static PolicyResult failing(int details) {
    return entry(
        "example.com",
        0,
        details,
        IntStream.range(0, details)
            .mapToObj(i -> StoredReports.failed("certificate-expired", 1, longName(i)))
            .toArray(FailureDetails[]::new));
  }

  private static String longName(int i) {
    return "mx%03d.%s.example".formatted(i, "x".repeat(50));
  }

  private static int octets(FoldedReport report) {
    return report.details().getFirst().map(text -> text.getBytes(UTF_8).length).orElse(0);
  }

  private static RejectionReason reason(StoreOutcome outcome) {
    return ((Refused) outcome).why().reason();
  }

  private static List<RejectionReason> leftOut(StoreOutcome outcome) {
    return ((Stored) outcome).leftOut().stream().map(Rejected::reason).toList();
  }
}
