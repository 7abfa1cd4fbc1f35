// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.receiver;

import static org.assertj.core.api.Assertions.assertThat;

import io.tlsrpt.figures.FailureWindow;
import io.tlsrpt.figures.ReporterLimit;
import io.tlsrpt.store.Database;
import io.tlsrpt.store.DomainStanding;
import io.tlsrpt.store.Node;
import io.tlsrpt.store.ReportStore;
import io.tlsrpt.store.StoreLimits;
import io.tlsrpt.store.StoreRules;
import io.tlsrpt.store.url.DatabaseUrl;
import io.tlsrpt.testing.FreshDatabase;
import io.tlsrpt.testing.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When an administrator is reminded of the file that a server had before. */
@Tag("slow")
class EarlierFileTest {
  @TempDir Path directory;

  @Test
  void fileShouldBeRememberedBesideAnEmptySharedDatabase() throws IOException {
    try (FreshDatabase database = PostgresServer.shared().newDatabase();
        ReportStore shared = open(DatabaseUrl.parse(database.url()).orElseThrow())) {
      assertThat(EarlierFile.isLeftBehind(shared, directory)).isFalse();

      Files.createFile(directory.resolve("reports.db"));
      assertThat(EarlierFile.isLeftBehind(shared, directory)).isTrue();
    }
  }

  @Test
  void fileInUseShouldNotBeCalledLeftBehind() {
    try (ReportStore own = open(DatabaseUrl.in(directory))) {
      assertThat(EarlierFile.isLeftBehind(own, directory)).isFalse();
    }
  }

  private static ReportStore open(Database database) {
    return database.open(
        new StoreRules(
            new StoreLimits(
                10, new ReporterLimit(10, reporter -> reporter), d -> DomainStanding.NAMED),
            FailureWindow.DEFAULT,
            reporter -> true),
        Node.ALONE,
        InstantSource.system());
  }
}
