// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store.sqlite;

import io.tlsrpt.figures.DomainState;
import io.tlsrpt.figures.FailureWindow;
import io.tlsrpt.figures.ReportIdentity;
import io.tlsrpt.report.DomainName;
import io.tlsrpt.store.Archive;
import io.tlsrpt.store.DeletedReport;
import io.tlsrpt.store.KnownKey;
import io.tlsrpt.store.StoreUnavailableException;
import io.tlsrpt.store.fold.Digests;
import io.tlsrpt.store.sql.ImportRows;
import io.tlsrpt.store.sql.KnownKeyRows;
import io.tlsrpt.store.sql.PurgedIdentities;
import io.tlsrpt.store.sql.StateReader;
import io.tlsrpt.store.sql.StatementCache;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.sqlite.SQLiteConfig;

/**
 * The file of a server that does not run, of this release or an earlier one. It is not brought up
 * to date, since it is only read.
 */
public final class SqliteArchive implements Archive {
  /** The versions of the schema that brought the tables which are not in the first one. */
  private static final int WITH_KNOWN_KEYS = 2;

  private static final int WITH_DELETED_REPORTS = 3;
  private static final int AT_ONCE = 1_000;

  private final Path file;
  private final Connection connection;
  private final StatementCache statements;
  private final String id;
  private final int version;

  private SqliteArchive(Path file, String id, Connection connection) throws SQLException {
    this.file = file;
    this.id = id;
    this.connection = connection;
    this.statements = new StatementCache(connection);
    this.version = version();
  }

  /**
   * Opens a file.
   *
   * @throws StoreUnavailableException if it is missing, used by a process, or no database of ours
   */
  public static SqliteArchive open(Path given) {
    Path file = given.toAbsolutePath();
    try {
      if (!Files.isRegularFile(file)) {
        throw new IOException("there is no such file");
      }
      SqliteFile.checkUnused(file);
      String id = SqliteFile.digest(file);
      Connection connection = connect(file);
      try {
        return new SqliteArchive(file, id, connection);
      } catch (SQLException | RuntimeException | Error e) {
        connection.close();
        throw e;
      }
    } catch (SQLException e) {
      throw unavailable(file, SqliteDatabase.describe(e), e);
    } catch (IOException e) {
      throw unavailable(file, String.valueOf(e.getMessage()), e);
    }
  }

  private static Connection connect(Path file) throws SQLException, IOException {
    SQLiteConfig config = new SQLiteConfig();
    config.setReadOnly(true);
    // A file without a log can be read as it is, without making companions beside it.
    String name = SqliteFile.hasLog(file) ? file.toString() : file.toUri() + "?immutable=1";
    return SqliteDatabase.connect(file, name, config);
  }

  private int version() throws SQLException {
    if (number("PRAGMA application_id") != SqliteDatabase.APPLICATION_ID) {
      throw new SQLException("it is no database of TLS reports");
    }
    int found = number("SELECT max(version) FROM schema_version");
    if (found > SqliteSchema.CURRENT) {
      throw new SQLException(
          "its schema has version %d, of a later release; this release knows versions up to %d"
              .formatted(found, SqliteSchema.CURRENT));
    }
    return found;
  }

  private int number(String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      return row.next() ? row.getInt(1) : 0;
    }
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public long reports(Instant since) {
    return reading(
        () -> {
          try (ResultSet row =
              statements
                  .of("SELECT count(*) FROM report WHERE received_at >= ?")
                  .add(since)
                  .query()) {
            return row.next() ? row.getLong(1) : 0;
          }
        });
  }

  @Override
  public Optional<Span> receipts(Instant since) {
    return reading(
        () -> {
          try (ResultSet row =
              statements
                  .of(
                      "SELECT min(received_at), max(received_at) FROM report WHERE received_at >="
                          + " ?")
                  .add(since)
                  .query()) {
            return row.next() && row.getObject(1) != null
                ? Optional.of(
                    new Span(
                        Instant.ofEpochMilli(row.getLong(1)), Instant.ofEpochMilli(row.getLong(2))))
                : Optional.empty();
          }
        });
  }

  @Override
  public Cursor read(Instant since) {
    return reading(() -> new ArchivedReports(this, connection, since));
  }

  @Override
  public List<DomainState> past(Instant since, Instant firstKept) {
    return reading(
        () -> {
          Map<Long, Long> kept = new HashMap<>();
          try (ResultSet row =
              statements
                  .of(
                      """
                      SELECT c.domain, count(*) FROM report r
                      CROSS JOIN contribution c ON c.report = r.id
                      WHERE r.received_at >= ? GROUP BY c.domain
                      """)
                  .add(since)
                  .query()) {
            while (row.next()) {
              kept.put(row.getLong(1), row.getLong(2));
            }
          }
          List<DomainState> past = new ArrayList<>();
          NameTable domains = NameTable.ofPolicyDomains(statements);
          for (DomainState state : states(domains)) {
            long id = domains.id(state.domain());
            if (state.totals().reports() > kept.getOrDefault(id, 0L)) {
              past.add(state.past(kept(state.domain(), id, since), firstKept));
            }
          }
          return past;
        });
  }

  private Collection<DomainState> states(NameTable domains) throws SQLException {
    StateReader reader = new StateReader(NameTable.ofReporters(statements), domains);
    // What the states say of reporters comes with their reports.
    try (ResultSet row = statements.of(StateReader.FAILURES).query()) {
      reader.failures(row);
    }
    try (ResultSet row = statements.of(StateReader.DOMAINS).query()) {
      return reader.domains(row).values();
    }
  }

  private DomainState kept(DomainName domain, long id, Instant since) throws SQLException {
    DomainState state = DomainState.of(domain);
    try (ResultSet row = statements.of(ArchivedReports.OF_A_DOMAIN).add(id).add(since).query()) {
      while (row.next()) {
        Instant receipt = Instant.ofEpochMilli(row.getLong(1));
        state =
            state.plus(ArchivedReports.contribution(row, domain), receipt, FailureWindow.DEFAULT);
      }
    }
    return state;
  }

  @Override
  public void deleted(Instant since, Consumer<List<DeletedReport>> some) {
    reading(
        () -> {
          String older =
              "SELECT " + PurgedIdentities.OF_A_REPORT + " FROM report WHERE received_at < ?";
          try (ResultSet row = statements.of(older).add(since).query()) {
            pass(row, some);
          }
          if (version >= WITH_DELETED_REPORTS) {
            try (ResultSet row =
                statements.of("SELECT identity, last_day FROM purged_identity").query()) {
              pass(row, some);
            }
          }
          return some;
        });
  }

  private static void pass(ResultSet row, Consumer<List<DeletedReport>> some) throws SQLException {
    List<DeletedReport> next = new ArrayList<>();
    while (row.next()) {
      long day = row.getLong(2);
      next.add(
          new DeletedReport(
              Digests.identity(row.getBytes(1)),
              row.wasNull() ? Optional.empty() : Optional.of(LocalDate.ofEpochDay(day))));
      if (next.size() == AT_ONCE) {
        some.accept(next);
        next = new ArrayList<>();
      }
    }
    if (!next.isEmpty()) {
      some.accept(next);
    }
  }

  @Override
  public int known(Collection<ReportIdentity> reports) {
    return reading(
        () ->
            version >= WITH_DELETED_REPORTS
                ? new ImportRows(statements).known(reports)
                : stored(reports));
  }

  private int stored(Collection<ReportIdentity> reports) throws SQLException {
    int stored = 0;
    for (ReportIdentity report : reports) {
      try (ResultSet row =
          statements
              .of("SELECT 1 FROM report WHERE identity = ?")
              .add(Digests.of(report))
              .query()) {
        stored += row.next() ? 1 : 0;
      }
    }
    return stored;
  }

  @Override
  public List<KnownKey> knownKeys() {
    return version >= WITH_KNOWN_KEYS
        ? reading(() -> new KnownKeyRows(statements).read())
        : List.of();
  }

  /** Reads from the database. */
  interface Reading<T> {
    T read() throws SQLException;
  }

  <T> T reading(Reading<T> reading) {
    try {
      return reading.read();
    } catch (SQLException e) {
      throw unavailable(file, SqliteDatabase.describe(e), e);
    } catch (IllegalArgumentException e) {
      throw unavailable(file, "its content cannot be understood: " + e.getMessage(), e);
    }
  }

  private static StoreUnavailableException unavailable(Path file, String why, Exception cause) {
    return new StoreUnavailableException(file + ": " + why, cause);
  }

  @Override
  public void close() {
    reading(
        () -> {
          connection.close();
          return file;
        });
  }

  @Override
  public String toString() {
    return file.toString();
  }
}
