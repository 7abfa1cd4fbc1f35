// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store.fold;

import static org.assertj.core.api.Assertions.assertThat;

import io.tlsrpt.report.DomainName;
import io.tlsrpt.store.NewReport;
import io.tlsrpt.store.StoredReports;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the database has said, and what the transaction has added since. */
class KnownTest {
  private static final DomainName DOMAIN = new DomainName("example.com");
  private static final NewReport REPORT =
      StoredReports.report("good.example", "1", StoredReports.RECEIPT, "example.com");
  private static final DomainReporter WHOSE =
      new DomainReporter(DOMAIN, new DomainName("good.example"));
  private static final ReporterDay DAY = new ReporterDay(StoredReports.DAY, WHOSE);

  private final Known known = new Known();

  @Test
  void whatTheDatabaseDoesNotMentionShouldHaveNoRow() {
    assertThat(known.sameContent(REPORT)).isEmpty();
    assertThat(known.has(content())).isFalse();
    assertThat(known.reportsOf(DAY)).isZero();
    assertThat(known.details(WHOSE)).isEmpty();
  }

  @Test
  void storedReportShouldBeComparedByItsContent() {
    known.report(Digests.hex(REPORT.identity()), Digests.of(REPORT.content()));
    assertThat(known.sameContent(REPORT)).hasValue(true);

    known.report(Digests.hex(REPORT.identity()), Digests.of(REPORT.content()) + 1);
    assertThat(known.sameContent(REPORT)).hasValue(false);
  }

  @Test
  void deletedReportShouldBeTakenToHaveHadTheSameContent() {
    known.deletedReport(Digests.hex(REPORT.identity()));

    assertThat(known.sameContent(REPORT)).hasValue(true);
  }

  /** While a report is being deleted, both of its rows may be there. */
  @Test
  void contentThatIsStillStoredShouldBeCompared() {
    known.report(Digests.hex(REPORT.identity()), Digests.of(REPORT.content()) + 1);
    known.deletedReport(Digests.hex(REPORT.identity()));

    assertThat(known.sameContent(REPORT)).hasValue(false);
  }

  @Test
  void reportOfTheTransactionShouldBeKnownToTheNext() {
    known.stored(REPORT);

    assertThat(known.sameContent(REPORT)).hasValue(true);
    assertThat(known.has(content())).isTrue();
  }

  @Test
  void onlyWhatTheTransactionChangesShouldBeWritten() {
    DetailsUse use = new DetailsUse(StoredReports.DAY, 200);
    known.reportsOf(DAY, 3);
    known.details(WHOSE, use);
    assertThat(known.changedDays()).isEmpty();
    assertThat(known.changedUse()).isEmpty();

    known.change(DAY, 4);
    known.change(WHOSE, use.plus(100));
    assertThat(known.reportsOf(DAY)).isEqualTo(4);
    assertThat(known.changedDays()).isEqualTo(Map.of(DAY, 4));
    assertThat(known.details(WHOSE)).hasValue(use.plus(100));
    assertThat(known.changedUse()).isEqualTo(Map.of(WHOSE, use.plus(100)));
  }

  private static DomainContent content() {
    return new DomainContent(DOMAIN, Digests.of(REPORT.content()));
  }
}
