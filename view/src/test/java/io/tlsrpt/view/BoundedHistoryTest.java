// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tlsrpt.figures.FailureCounts;
import io.tlsrpt.figures.SessionCounts;
import io.tlsrpt.figures.history.HistoryUnavailableException;
import io.tlsrpt.figures.history.ReportHistory;
import io.tlsrpt.figures.history.ReportQuery;
import io.tlsrpt.figures.history.ReportsOfDay;
import io.tlsrpt.figures.history.StoredReport;
import io.tlsrpt.report.DomainName;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** Parts of the places at which a store reads. */
class BoundedHistoryTest {
  private static final DomainName DOMAIN = new DomainName("example.com");
  private static final LocalDate DAY = LocalDate.parse("2026-06-01");
  private static final ReportQuery ALL = ReportQuery.newest(10);

  private final OneReport store = new OneReport();
  private final BoundedHistory history = new BoundedHistory(store, 2, Duration.ZERO);

  @Test
  void answersShouldBeThoseOfTheStore() {
    List<StoredReport> read = new ArrayList<>();
    history.read(ALL, read::add);

    assertThat(read).containsExactly(OneReport.REPORT);
    assertThat(history.report(1)).containsExactly(OneReport.REPORT);
    assertThat(history.report(2)).isEmpty();
    assertThat(history.days(DOMAIN, DAY)).containsExactly(OneReport.OF_DAY);
  }

  @Test
  void whoeverFindsNoPlaceShouldBeToldAtOnce() {
    for (int i = 0; i < 3; i++) {
      assertThat(nested(history, 2)).isEqualTo(2);
      assertThatExceptionOfType(HistoryUnavailableException.class)
          .isThrownBy(() -> nested(history, 3))
          .withMessageContaining("2 operations are reading already; try again in a moment");
    }
  }

  @Test
  void whoeverHasPatienceShouldGetThePlaceOfAnother() throws Exception {
    BoundedHistory patient = new BoundedHistory(store, 1, Duration.ofMinutes(5));
    CountDownLatch second = new CountDownLatch(1);
    try (ExecutorService thread = Executors.newSingleThreadExecutor()) {
      List<Future<List<StoredReport>>> answers = new ArrayList<>();
      patient.read(
          ALL,
          first -> {
            answers.add(
                thread.submit(
                    () -> {
                      second.countDown();
                      return patient.report(1);
                    }));
            return inside(() -> await(second));
          });

      assertThat(answers.getFirst().get()).containsExactly(OneReport.REPORT);
    }
    assertThat(store.mostAtOnce).isEqualTo(1);
  }

  @Test
  void patienceShouldEnd() {
    BoundedHistory patient = new BoundedHistory(store, 1, Duration.ofMillis(20));

    assertThatExceptionOfType(HistoryUnavailableException.class)
        .isThrownBy(() -> nested(patient, 2))
        .withMessageContaining("1 operations are reading already");
  }

  @Test
  void everyQuestionShouldNeedAPlace() {
    for (Runnable question :
        List.<Runnable>of(
            () -> history.read(ALL, report -> true),
            () -> history.report(1),
            () -> history.days(DOMAIN, DAY))) {
      history.read(ALL, report -> inside(question));
      assertThatExceptionOfType(HistoryUnavailableException.class)
          .isThrownBy(
              () ->
                  history.read(
                      ALL, first -> inside(() -> history.read(ALL, second -> inside(question)))));
    }
  }

  @Test
  void oneGroupShouldNotTakeThePlacesOfAnother() {
    BoundedHistory others = new BoundedHistory(store, 4, Duration.ZERO);

    history.read(
        ALL, first -> inside(() -> history.read(ALL, second -> inside(() -> nested(others, 4)))));
    assertThat(store.mostAtOnce).isEqualTo(6);
  }

  @Test
  void placeShouldBeFreeAfterAFailure() {
    store.isGone = true;
    for (int i = 0; i < 3; i++) {
      assertThatExceptionOfType(HistoryUnavailableException.class)
          .isThrownBy(() -> history.report(1))
          .withMessage("gone");
    }
    store.isGone = false;
    assertThat(nested(history, 2)).isEqualTo(2);
  }

  /** Nests readings, each inside the one before; gives how many ran. */
  private static int nested(ReportHistory history, int depth) {
    if (depth == 0) {
      return 0;
    }
    AtomicInteger within = new AtomicInteger();
    history.read(ALL, report -> within.addAndGet(1 + nested(history, depth - 1)) < 0);
    return within.get();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static boolean inside(Runnable question) {
    question.run();
    return true;
  }

  /** A store with one report. */
  private static final class OneReport implements ReportHistory {
    static final StoredReport REPORT =
        Kept.report("1", Kept.DAY, new SessionCounts(1, 0), Map.of());
    static final ReportsOfDay OF_DAY =
        new ReportsOfDay(DAY, 1, new SessionCounts(1, 0), FailureCounts.NONE);

    boolean isGone;
    int mostAtOnce;
    private int atOnce;

    @Override
    public void read(ReportQuery query, Predicate<StoredReport> reader) {
      atOnce++;
      mostAtOnce = Math.max(mostAtOnce, atOnce);
      try {
        boolean unused = reader.test(REPORT);
      } finally {
        atOnce--;
      }
    }

    @Override
    public List<StoredReport> report(long id) {
      if (isGone) {
        throw new HistoryUnavailableException("gone");
      }
      return id == 1 ? List.of(REPORT) : List.of();
    }

    @Override
    public List<ReportsOfDay> days(DomainName domain, LocalDate since) {
      return List.of(OF_DAY);
    }
  }
}
