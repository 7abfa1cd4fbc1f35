// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store.sqlite;

import static java.util.Objects.requireNonNull;

import io.tlsrpt.store.Database;
import io.tlsrpt.store.Node;
import io.tlsrpt.store.ReportStore;
import io.tlsrpt.store.StoreRules;
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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.JDBC;
import org.sqlite.NativeLibraryNotFoundException;
import org.sqlite.SQLiteConfig;

/**
 * A database in one SQLite file, and its two companions {@code -wal} and {@code -shm} while it is
 * open. By default a commit survives a power loss. With {@code ?synchronous=NORMAL} in the URL it
 * waits less and still survives {@code kill -9}, but the last commits may be lost with the power.
 */
public final class SqliteDatabase implements Database {
  private static final Logger LOGGER = LoggerFactory.getLogger(SqliteDatabase.class);

  /** The allowed forms of a URL, as an administrator reads them. */
  public static final String ALLOWED_URLS =
      "jdbc:sqlite:<path of a file>, with ?synchronous=NORMAL or ?synchronous=FULL after it or"
          + " without";

  private static final Pattern URL =
      Pattern.compile("jdbc:sqlite:(?<path>[^?:][^?]*)(\\?synchronous=(?<sync>NORMAL|FULL))?");
  private static final DateTimeFormatter SUFFIX =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  /** "TLSR" in ASCII: the file says whose it is. */
  static final int APPLICATION_ID = 0x544c5352;

  /** How long a spooler thread may wait for another process that writes. */
  private static final int BUSY_TIMEOUT_MILLIS = 1_000;

  /**
   * Pages of 4 KiB in the write-ahead log that start a checkpoint. Many, since most pages change
   * several times between checkpoints, and a checkpoint copies each page once.
   */
  private static final int CHECKPOINT_AT_PAGES = 4_000;

  /** In bytes: what the write-ahead log may take, and what a disk that was full must have free. */
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

  /** Codes that say the file is damaged. */
  private static final Set<Integer> CORRUPTION_CODES = Set.of(CORRUPT, NO_DATABASE);

  /** Codes that say the values of a statement are to blame. */
  private static final Set<Integer> DATA_ERROR_CODES = Set.of(TOO_BIG, CONSTRAINT, MISMATCH, RANGE);

  private final Path file;
  private final SQLiteConfig.SynchronousMode synchronous;

  /** Whether the file is ours for certain: by its default name, or by its application id. */
  private volatile boolean recognised;

  private SqliteDatabase(Path file, SQLiteConfig.SynchronousMode synchronous) {
    this.file = requireNonNull(file, "file").toAbsolutePath();
    this.synchronous = synchronous;
  }

  /** The database in a file that only we use. The file is created when it is first opened. */
  public static SqliteDatabase of(Path file) {
    // RATIONALE: SQLite and synchronous=FULL
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
  public ReportStore open(StoreRules rules, Node node, InstantSource clock) {
    return SqliteReportStore.open(this, rules.limits(), rules.window(), rules.isCounted(), clock);
  }

  @Override
  public Optional<Database> withLogin(Optional<String> user, Optional<String> password) {
    return user.isEmpty() && password.isEmpty() ? Optional.of(this) : Optional.empty();
  }

  /** Opens the file, makes it if it is not there, and brings its schema up to date. */
  Connection open() throws SQLException, IOException {
    Files.createDirectories(requireNonNull(file.getParent()));
    if (!Files.exists(file)) {
      LOGGER.warn("{} does not exist: a new database of TLS reports is created", file);
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
      // After checkOwner: switching to WAL writes to the file.
      transaction.execute("PRAGMA journal_mode = WAL");
      transaction.execute("PRAGMA wal_autocheckpoint = " + CHECKPOINT_AT_PAGES);
      // A long query holds back checkpoints, and the log grows. The limit shrinks it afterwards.
      transaction.execute("PRAGMA journal_size_limit = " + ROOM);
      SqliteSchema.bringUpToDate(transaction);
      return connection;
    } catch (SQLException | RuntimeException | Error e) {
      connection.close();
      throw e;
    }
  }

  private Connection connect(SQLiteConfig config) throws SQLException {
    return connect(file, file.toString(), config);
  }

  /**
   * Connects to a file.
   *
   * @param name of the file as SQLite's driver takes it
   */
  static Connection connect(Path file, String name, SQLiteConfig config) throws SQLException {
    try {
      NativeLibrary.prepare(requireNonNull(file.getParent()));
      return requireNonNull(new JDBC().connect(JDBC.PREFIX + name, config.toProperties()));
    } catch (LinkageError e) {
      throw NativeLibrary.notLoaded(e);
    } catch (SQLException e) {
      // This is how the driver fails the first time in a JVM; later it fails with the error above.
      throw e.getCause() instanceof NativeLibraryNotFoundException cause
          ? NativeLibrary.notLoaded(cause)
          : e;
    }
  }

  /** Opens the file read-only. Call only while a connection of {@link #open} has it open. */
  Connection openToRead() throws SQLException, IOException {
    checkPresent();
    SQLiteConfig config = new SQLiteConfig();
    config.setReadOnly(true);
    config.setBusyTimeout(BUSY_TIMEOUT_MILLIS);
    return connect(config);
  }

  /**
   * Fails for a database of another application: one with another id, or one that has tables but no
   * id. An empty file is marked as ours.
   */
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

  /**
   * Identifies the file itself, by its inode, so that another file at the same path is noticed. A
   * file system without such keys gives the path, and a replaced file is not noticed there.
   */
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
        file.toString(),
        null,
        "the file is gone: put it back, or restart James to create a new one");
  }

  /**
   * Whether the file is damaged. A file that was never recognised as ours is never called corrupt,
   * since a corrupt file is moved away.
   */
  boolean isCorrupt(SQLException e) {
    return recognised && CORRUPTION_CODES.contains(e.getErrorCode() & PRIMARY_CODE);
  }

  /** Whether a statement was interrupted because it took too long. */
  boolean isInterrupted(SQLException e) {
    return (e.getErrorCode() & PRIMARY_CODE) == INTERRUPT;
  }

  /** Whether the disk is full. */
  boolean isFull(SQLException e) {
    return (e.getErrorCode() & PRIMARY_CODE) == FULL;
  }

  /** Whether the disk has room again, for more than one report. */
  boolean hasRoom() throws IOException {
    return Files.getFileStore(file).getUsableSpace() >= ROOM;
  }

  /** Fails if the file is missing, or empty since somebody has just begun to copy it back. */
  void checkPresent() throws IOException {
    if (Files.notExists(file) || Files.size(file) == 0) {
      throw gone();
    }
  }

  /** Whether the values of a statement are to blame, so that trying again would not help. */
  boolean isDataError(SQLException e) {
    return DATA_ERROR_CODES.contains(e.getErrorCode() & PRIMARY_CODE);
  }

  /** Describes a failure to the administrator. */
  static String describe(Exception e) {
    String words =
        switch (e instanceof SQLException sql ? sql.getErrorCode() & PRIMARY_CODE : 0) {
          case BUSY, LOCKED -> "another process holds a lock on it: ";
          case FULL -> "its disk is full: ";
          case READ_ONLY -> "it cannot be written to: ";
          case IO_ERROR -> "its disk has errors: ";
          case CANNOT_OPEN -> "the file cannot be opened: ";
          case CORRUPT -> "it is corrupt: ";
          case NO_DATABASE -> "it is corrupt, or is no database: ";
          default -> "";
        };
    return words + (e instanceof SQLException ? e.getMessage() : e.toString());
  }

  /**
   * Renames a corrupt file and its companions, so that an administrator can rescue their content.
   *
   * @return its new path
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
