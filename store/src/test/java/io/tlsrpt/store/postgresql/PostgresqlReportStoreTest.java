// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store.postgresql;

import io.tlsrpt.figures.FailureWindow;
import io.tlsrpt.store.Node;
import io.tlsrpt.store.ReportHistoryContract;
import io.tlsrpt.store.ReportSearchContract;
import io.tlsrpt.store.ReportStore;
import io.tlsrpt.store.ReportStoreContract;
import io.tlsrpt.store.StoreRules;
import io.tlsrpt.testing.FreshDatabase;
import io.tlsrpt.testing.PostgresServer;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;

/** The store promises on PostgreSQL what it promises on SQLite. */
@Tag("slow")
class PostgresqlReportStoreTest
    implements ReportStoreContract, ReportHistoryContract, ReportSearchContract {
  private final FreshDatabase database = PostgresServer.shared().newDatabase();

  @AfterEach
  void drop() {
    database.close();
  }

  @Override
  public ReportStore store() {
    return PostgresqlDatabase.parse(database.url())
        .orElseThrow()
        .open(
            new StoreRules(LIMITS, FailureWindow.DEFAULT, reporter -> true),
            new Node("node1", Map.of()),
            () -> RECEIPT);
  }
}
