// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.receiver;

import static org.assertj.core.api.Assertions.assertThat;

import io.tlsrpt.figures.Contribution;
import io.tlsrpt.figures.FailureWindow;
import io.tlsrpt.figures.ReceivedReport;
import io.tlsrpt.figures.ReportContent;
import io.tlsrpt.figures.ReportIdentity;
import io.tlsrpt.figures.ReporterLimit;
import io.tlsrpt.report.DateRange;
import io.tlsrpt.report.DomainName;
import io.tlsrpt.report.Policy;
import io.tlsrpt.report.PolicyResult;
import io.tlsrpt.report.PolicyType;
import io.tlsrpt.report.ReportedFailures;
import io.tlsrpt.report.Summary;
import io.tlsrpt.report.TlsReport;
import io.tlsrpt.store.DomainStanding;
import io.tlsrpt.store.NewReport;
import io.tlsrpt.store.Node;
import io.tlsrpt.store.ReportStore;
import io.tlsrpt.store.StoreLimits;
import io.tlsrpt.store.StoreRules;
import io.tlsrpt.store.url.DatabaseUrl;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A clock that was ahead: shown, tolerated for a day, and then no longer. */
class ClockWatchTest {
  private static final Instant RIGHT = Instant.parse("2026-06-02T15:00:00Z");
  private static final Instant AHEAD = RIGHT.plus(Duration.ofDays(500));

  private final AtomicReference<Instant> clock = new AtomicReference<>(AHEAD);
  private final AtomicLong nanos = new AtomicLong();

  @TempDir Path directory;
  private ReportStore store;
  private ClockWatch watch;

  @BeforeEach
  void receiveAReportAheadOfTime() {
    store =
        DatabaseUrl.in(directory)
            .open(
                new StoreRules(
                    new StoreLimits(
                        10, new ReporterLimit(10, name -> name), d -> DomainStanding.NAMED),
                    FailureWindow.DEFAULT,
                    reporter -> true),
                Node.ALONE,
                clock::get);
    watch = new ClockWatch(store, clock::get, nanos::get);
    store.commit(List.of(report(AHEAD)));
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void clockThatIsRightAgainShouldBeBelievedAtOnceAndItsErrorShown() {
    assertThat(watch.error()).isEmpty();
    clock.set(RIGHT);

    assertThat(watch.now()).isEqualTo(RIGHT);
    assertThat(watch.error())
        .hasValueSatisfying(
            error -> assertThat(error).contains(AHEAD.toString(), RIGHT.toString()));
  }

  @Test
  void receiptsShouldBeLeftAsTheyAreForADay() {
    clock.set(RIGHT);
    watch.look();
    nanos.addAndGet(ClockWatch.PATIENCE.toNanos() - 1);
    watch.look();

    assertThat(store.lastReceipt()).isEqualTo(AHEAD);
    assertThat(watch.error()).isPresent();
  }

  @Test
  void receiptsShouldBeNowAfterADay() {
    clock.set(RIGHT);
    watch.look();
    nanos.addAndGet(ClockWatch.PATIENCE.toNanos());
    watch.look();

    assertThat(store.lastReceipt()).isEqualTo(RIGHT);
    assertThat(watch.error()).isEmpty();
  }

  @Test
  void clockThatWasBehindForAnHourShouldChangeNothing() {
    clock.set(Instant.parse("1970-01-01T00:05:00Z"));
    watch.look();
    nanos.addAndGet(Duration.ofHours(1).toNanos());
    clock.set(AHEAD);
    watch.look();
    // The next error has to last for a day, too.
    clock.set(RIGHT);
    watch.look();
    nanos.addAndGet(Duration.ofHours(23).toNanos());
    watch.look();

    assertThat(store.lastReceipt()).isEqualTo(AHEAD);
  }

  @Test
  void setBackByAnHourShouldBeNoError() {
    clock.set(AHEAD.minus(Duration.ofHours(1)));

    assertThat(watch.error()).isEmpty();
    assertThat(watch.now()).isEqualTo(AHEAD);
  }

  @Test
  void timeOfReportsShouldBeTheirSendersUnlessTheClockIsBehindIt() {
    assertThat(watch.timeByReports()).isEmpty();
    Instant end = RIGHT.minus(Duration.ofHours(12));
    store.commit(List.of(report(AHEAD, Optional.of(new DateRange(end.minusSeconds(9), end)))));

    assertThat(watch.timeByReports()).hasValue(end);
    clock.set(end.minusSeconds(1));
    assertThat(watch.timeByReports()).hasValue(end.minusSeconds(1));
  }

  private static NewReport report(Instant receivedAt) {
    return report(receivedAt, Optional.empty());
  }

  private static NewReport report(Instant receivedAt, Optional<DateRange> range) {
    PolicyResult entry =
        new PolicyResult(
            new Policy(
                PolicyType.STS, List.of(), Optional.of(new DomainName("example.com")), List.of()),
            new Summary(1, 0),
            ReportedFailures.NONE);
    ReceivedReport received =
        new ReceivedReport(
            new DomainName("reporter.example"),
            receivedAt,
            new TlsReport(
                Optional.empty(), range, "", Optional.empty(), Optional.of("1"), List.of(entry)),
            ReceivedReport.DEFAULT_RETENTION);
    return new NewReport(
        ReportIdentity.of(received),
        ReportContent.of(received),
        received.report().reportId(),
        List.of(
            Contribution.of(
                received, entry.policy().policyDomain().orElseThrow(), List.of(entry))));
  }
}
