// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store.sqlite;

import static java.util.Objects.requireNonNull;

import io.tlsrpt.figures.FailureWindow;
import io.tlsrpt.store.Database;
import io.tlsrpt.store.ReportStore;
import io.tlsrpt.store.StoreLimits;
import io.tlsrpt.store.sql.Schema;
import io.tlsrpt.store.sql.Transaction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.JDBC;
import org.sqlite.SQLiteConfig;

/**
 * A database in one SQLite file, and its two companions {@code -wal} and {@code -shm} while it is
 * open. By default what is committed outlives a power loss; {@code ?synchronous=NORMAL} in the URL
 * gives that up for less waiting, and still outlives {@code kill -9}.
 */
public final class SqliteDatabase implements Database {
  private static final Logger LOGGER = LoggerFactory.getLogger(SqliteDatabase.class);

  /** For the administrator: what a URL may be. */
  public static final String ALLOWED_URLS =
      "jdbc:sqlite:<path of a file>, with ?synchronous=NORMAL or ?synchronous=FULL after it or"
          + " without";

  private static final Pattern URL =
      Pattern.compile("jdbc:sqlite:(?<path>[^?:][^?]*)(\\?synchronous=(?<sync>NORMAL|FULL))?");
  private static final DateTimeFormatter SUFFIX =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  /** "TLSR" in ASCII: the file says whose it is. */
  private static final int APPLICATION_ID = 0x544c5352;

  /** How long a spooler thread may wait for another process that writes. */
  private static final int BUSY_TIMEOUT_MILLIS = 1_000;

  /** So many pages of 4 KiB may wait in {@code -wal}: most are written again meanwhile. */
  private static final int CHECKPOINT_AT_PAGES = 4_000;

  /** As much as {@code -wal} may take. */
  private static final long ROOM = 4_096L * CHECKPOINT_AT_PAGES;

  private static final int PRIMARY_CODE = 0xff;

  // SQLite's primary result codes, see https://www.sqlite.org/rescode.html.
  private static final int BUSY = 5;
  private static final int LOCKED = 6;
  private static final int READ_ONLY = 8;
  private static final int INTERRUPT = 9;
  private static final int IO_ERROR = 10;
  private static final int CORRUPT = 11;
  private static final int FULL = 13;
  private static final int CANNOT_OPEN = 14;
  private static final int TOO_BIG = 18;
  private static final int CONSTRAINT = 19;
  private static final int MISMATCH = 20;
  private static final int RANGE = 25;
  private static final int NO_DATABASE = 26;

  private static final Set<Integer> OF_THE_FILE = Set.of(CORRUPT, NO_DATABASE);
  private static final Set<Integer> OF_THE_VALUES = Set.of(TOO_BIG, CONSTRAINT, MISMATCH, RANGE);

  private final Path file;
  private final SQLiteConfig.SynchronousMode synchronous;

  /** Whether the file is ours for certain: by its name, or since it said so. */
  private volatile boolean recognised;

  private SqliteDatabase(Path file, SQLiteConfig.SynchronousMode synchronous) {
    this.file = requireNonNull(file, "file").toAbsolutePath();
    this.synchronous = synchronous;
  }

  /** The database of a file that nobody else has, which is made when it is first opened. */
  public static SqliteDatabase of(Path file) {
    SqliteDatabase database = new SqliteDatabase(file, SQLiteConfig.SynchronousMode.FULL);
    database.recognised = true;
    return database;
  }

  /** The database of a URL; empty if it is not one of {@link #ALLOWED_URLS}. */
  public static Optional<SqliteDatabase> parse(String url) {
    Matcher parts = URL.matcher(url);
    return parts.matches()
        ? Optional.of(
            new SqliteDatabase(
                Path.of(parts.group("path").strip()),
                "NORMAL".equals(parts.group("sync"))
                    ? SQLiteConfig.SynchronousMode.NORMAL
                    : SQLiteConfig.SynchronousMode.FULL))
        : Optional.empty();
  }

  @Override
  public ReportStore open(
      StoreLimits limits, FailureWindow window, Predicate<String> isCounted, InstantSource clock) {
    return SqliteReportStore.open(this, limits, window, isCounted, clock);
  }

  /** Opens the file, makes it if it is not there, and brings its schema up to date. */
  Connection open() throws SQLException, IOException {
    Files.createDirectories(requireNonNull(file.getParent()));
    if (!Files.exists(file)) {
      LOGGER.warn("{} is not there: a new database of TLS reports begins", file);
    }
    SQLiteConfig config = new SQLiteConfig();
    config.setSynchronous(synchronous);
    config.setBusyTimeout(BUSY_TIMEOUT_MILLIS);
    config.setGetGeneratedKeys(false);
    Connection connection = connect(config);
    try {
      Transaction transaction = new Transaction(connection);
      checkOwner(transaction);
      recognised = true;
      // Only now: it changes the file.
      transaction.execute("PRAGMA journal_mode = WAL");
      transaction.execute("PRAGMA wal_autocheckpoint = " + CHECKPOINT_AT_PAGES);
      // It grows beyond that while somebody reads, and shrinks afterwards.
      transaction.execute("PRAGMA journal_size_limit = " + ROOM);
      Schema.bringUpToDate(transaction, "sqlite");
      return connection;
    } catch (SQLException | RuntimeException | Error e) {
      connection.close();
      throw e;
    }
  }

  private Connection connect(SQLiteConfig config) throws SQLException {
    try {
      NativeLibrary.prepare(requireNonNull(file.getParent()));
      return requireNonNull(new JDBC().connect(JDBC.PREFIX + file, config.toProperties()));
    } catch (LinkageError e) {
      throw new SQLException(
          "SQLite's native library cannot be loaded; is java.io.tmpdir, or org.sqlite.tmpdir,"
              + " writable and not mounted noexec? Restart the server then. "
              + e,
          e);
    }
  }

  /** Opens the file as it is, to read; while {@link #open} has it open. */
  Connection openToRead() throws SQLException, IOException {
    checkPresent();
    SQLiteConfig config = new SQLiteConfig();
    config.setReadOnly(true);
    config.setBusyTimeout(BUSY_TIMEOUT_MILLIS);
    return connect(config);
  }

  private void checkOwner(Transaction transaction) throws SQLException {
    int owner = transaction.number("PRAGMA application_id");
    if (owner == APPLICATION_ID) {
      return;
    }
    if (owner != 0 || transaction.number("SELECT count(*) FROM sqlite_master") > 0) {
      throw new SQLException("it is a database of another application");
    }
    transaction.execute("PRAGMA application_id = " + APPLICATION_ID);
  }

  /** Which file it is, so that another one of its name is noticed. */
  Object identity() throws IOException {
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      Object key = attributes.fileKey();
      return key == null ? file : key;
    } catch (NoSuchFileException e) {
      throw gone();
    }
  }

  private NoSuchFileException gone() {
    return new NoSuchFileException(
        file.toString(), null, "the file is gone: put it back, or restart James to begin anew");
  }

  /** Whether the file is damaged; one that was never ours is somebody else's and none of it. */
  boolean isCorrupt(SQLException e) {
    return recognised && OF_THE_FILE.contains(e.getErrorCode() & PRIMARY_CODE);
  }

  /** Whether a statement was ended since it took too long. */
  boolean isInterrupted(SQLException e) {
    return (e.getErrorCode() & PRIMARY_CODE) == INTERRUPT;
  }

  boolean isFull(SQLException e) {
    return (e.getErrorCode() & PRIMARY_CODE) == FULL;
  }

  /** Whether the disk has room again, for more than one report. */
  boolean hasRoom() throws IOException {
    return Files.getFileStore(file).getUsableSpace() >= ROOM;
  }

  /** Fails if there is no file, or one that somebody only begins to put back. */
  void checkPresent() throws IOException {
    if (Files.notExists(file) || Files.size(file) == 0) {
      throw gone();
    }
  }

  /** Whether the values are to blame, and not the world: trying again would not help. */
  boolean isOfTheValues(SQLException e) {
    return OF_THE_VALUES.contains(e.getErrorCode() & PRIMARY_CODE);
  }

  /** What an administrator should read of a failure. */
  static String inWords(Exception e) {
    String words =
        switch (e instanceof SQLException sql ? sql.getErrorCode() & PRIMARY_CODE : 0) {
          case BUSY, LOCKED -> "another process holds a lock on it: ";
          case FULL -> "its disk is full: ";
          case READ_ONLY -> "it cannot be written: ";
          case IO_ERROR -> "its disk gives errors: ";
          case CANNOT_OPEN -> "the file cannot be opened: ";
          case CORRUPT -> "it is corrupt: ";
          case NO_DATABASE -> "it is corrupt, or no database: ";
          default -> "";
        };
    return words + (e instanceof SQLException ? e.getMessage() : e.toString());
  }

  /**
   * Moves a corrupt file away, where it stays whole for whoever wants to rescue something.
   *
   * @return where it is now
   */
  Path setAside(Instant now) throws IOException {
    Path aside = file.resolveSibling(file.getFileName() + ".corrupt-" + SUFFIX.format(now));
    for (String companion : List.of("-wal", "-shm")) {
      Path from = file.resolveSibling(file.getFileName() + companion);
      if (Files.exists(from)) {
        Files.move(from, aside.resolveSibling(aside.getFileName() + companion));
      }
    }
    Files.move(file, aside);
    return aside;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SqliteDatabase that
        && file.equals(that.file)
        && synchronous == that.synchronous;
  }

  @Override
  public int hashCode() {
    return file.hashCode();
  }

  @Override
  public String toString() {
    return file.toString();
  }
}
