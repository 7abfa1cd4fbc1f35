// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.it;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.sqlite.SQLiteConfig;

/** The database, seen from beside James. */
record StoredReports(Path file) {

  /** The report-ids of all reports, as often as they are there. */
  List<String> ids() {
    return texts("SELECT report_id FROM report ORDER BY id");
  }

  /** The domains with their reports, successful and failed sessions: {@code example.com 3 98/2}. */
  List<String> totals() {
    return texts(
        """
        SELECT name || ' ' || reports || ' ' || successful || '/' || failed
        FROM domain_state JOIN policy_domain ON id = domain ORDER BY name
        """);
  }

  /** What SQLite finds wrong with the file: {@code ok}, if nothing. */
  List<String> integrity() {
    return texts("PRAGMA integrity_check");
  }

  /** Makes each reporter one that has been heard of on two days before; James sees it soon. */
  void establishReporters() {
    try (Connection connection = new SQLiteConfig().createConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      statement.executeUpdate("UPDATE reporter_state SET gaps = 0x0101");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private List<String> texts(String sql) {
    SQLiteConfig config = new SQLiteConfig();
    config.setReadOnly(true);
    try (Connection connection = config.createConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<String> texts = new ArrayList<>();
      while (rows.next()) {
        texts.add(rows.getString(1));
      }
      return texts;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
