// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store.sqlite;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tlsrpt.figures.FailureWindow;
import io.tlsrpt.figures.ReporterLimit;
import io.tlsrpt.report.DomainName;
import io.tlsrpt.store.DomainStanding;
import io.tlsrpt.store.KnownKey;
import io.tlsrpt.store.StoreLimits;
import io.tlsrpt.store.StoreUnavailableException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KnownKeyStoreTest {
  private static final Instant NOW = Instant.parse("2026-06-02T15:00:00Z");
  private static final LocalDate TODAY = LocalDate.parse("2026-06-02");
  private static final KnownKey A =
      new KnownKey("s._domainkey.a.example", new DomainName("a.example"), "v=DKIM1; p=1", TODAY, 1);
  private static final KnownKey B =
      new KnownKey("s._domainkey.mail.b.example", new DomainName("b.example"), "p=2", TODAY, 400);

  @TempDir Path directory;

  @Test
  void keysShouldOutliveARestart() {
    try (SqliteReportStore store = open()) {
      assertThat(store.knownKeys()).isEmpty();
      store.keepKeys(List.of(A, B), List.of());
    }
    KnownKey another =
        new KnownKey(A.name(), new DomainName("other.example"), "p=3", TODAY.plusDays(1), 2);
    try (SqliteReportStore store = open()) {
      assertThat(store.knownKeys()).containsExactlyInAnyOrder(A, B);
      store.keepKeys(List.of(another), List.of(B.name(), "unknown"));
    }
    try (SqliteReportStore store = open()) {
      assertThat(store.knownKeys()).containsExactly(another);
    }
  }

  @Test
  void brokenDatabaseShouldBeUnavailable() throws Exception {
    Files.write(directory.resolve("reports.db"), "no database".repeat(1_000).getBytes(UTF_8));
    Files.createDirectories(directory.resolve("reports.db-wal"));
    try (SqliteReportStore store = open()) {
      assertThatExceptionOfType(StoreUnavailableException.class).isThrownBy(store::knownKeys);
      assertThatExceptionOfType(StoreUnavailableException.class)
          .isThrownBy(() -> store.keepKeys(List.of(A), List.of()));
    }
  }

  private SqliteReportStore open() {
    return SqliteReportStore.open(
        SqliteDatabase.of(directory.resolve("reports.db")),
        new StoreLimits(
            10, new ReporterLimit(10, reporter -> reporter), domain -> DomainStanding.NAMED),
        FailureWindow.DEFAULT,
        reporter -> true,
        InstantSource.fixed(NOW));
  }
}
