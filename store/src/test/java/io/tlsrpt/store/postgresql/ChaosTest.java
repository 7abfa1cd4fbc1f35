// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store.postgresql;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tlsrpt.store.NewReport;
import io.tlsrpt.store.ReportStore;
import io.tlsrpt.testing.FreshDatabase;
import io.tlsrpt.testing.PostgresServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever happens to three servers and to their database, each report is stored once, and each
 * state is what its reports add up to. What happens is in {@link Chaos}. The system property {@code
 * tlsrpt.chaos.rounds} says how often.
 */
@Tag("slow")
@SuppressWarnings("NullAway.Init")
class ChaosTest {
  private static final int ROUNDS = Integer.getInteger("tlsrpt.chaos.rounds", 3);
  private static final int ROUND_WITHOUT_A_LONG_STOP = 1;

  private static PostgresServer server;

  /** Of its own, since it crashes. */
  @BeforeAll
  static void start() throws IOException {
    server = PostgresServer.create();
  }

  @AfterAll
  static void end() throws IOException {
    server.close();
  }

  @Test
  void everyReportShouldBeStoredOnceWhateverHappens(
      @TempDir(cleanup = CleanupMode.ON_SUCCESS) Path errors, TestReporter reporter)
      throws Exception {
    try (Chaos chaos = new Chaos(server, errors)) {
      for (int round = 0; round < ROUNDS; round++) {
        try (FreshDatabase database = server.newDatabase()) {
          reporter.publishEntry("round " + round, chaos.play(round, database));
        }
      }
      chaos.checkThatAllHappened();
    }
  }

  /** The play is rough enough to find what the lock and the check of versions are for. */
  @Test
  void lostUpdatesShouldBeFoundWithoutLockAndCheck(@TempDir Path errors) throws Exception {
    try (Chaos chaos = new Chaos(server, errors, GuardsTest.NO_LOCK, GuardsTest.NO_CHECK);
        FreshDatabase database = server.newDatabase()) {
      assertThatThrownBy(() -> chaos.play(ROUND_WITHOUT_A_LONG_STOP, database))
          .isInstanceOf(AssertionError.class)
          .message()
          // Or a server shows what it has lost itself, and so another state than is stored.
          .containsAnyOf(
              "the stored states, and a replay", "wrong org.opentest4j.AssertionFailedError");
    }
  }

  @Test
  void damageShouldBeFound() throws Exception {
    for (String damage :
        List.of(
            // An update is lost.
            "UPDATE tlsrpt.domain_state SET reports = reports - 1 WHERE domain = 1",
            "UPDATE tlsrpt.reporter_state SET successful = successful - 1 WHERE domain = 1",
            // A report is lost, or is there twice.
            "DELETE FROM tlsrpt.report WHERE id = (SELECT min(id) FROM tlsrpt.report)",
            "INSERT INTO tlsrpt.report SELECT -id, '\\x00', reporter, received_at, range_start,"
                + " range_end, report_id FROM tlsrpt.report LIMIT 1")) {
      try (FreshDatabase database = server.newDatabase();
          Servers servers = new Servers(database.url())) {
        List<List<NewReport>> mails = ChaosMails.of(0).subList(0, 40);
        ReportStore store = servers.open("one");
        mails.forEach(store::commit);
        Truth.of(database.url()).check(mails);
        database.execute(damage);

        Truth damaged = Truth.of(database.url());
        assertThatThrownBy(() -> damaged.check(mails)).isInstanceOf(AssertionError.class);
      }
    }
  }
}
