// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store.url;

import io.tlsrpt.store.Archive;
import io.tlsrpt.store.Database;
import io.tlsrpt.store.StoreUnavailableException;
import io.tlsrpt.store.postgresql.PostgresqlDatabase;
import io.tlsrpt.store.sqlite.SqliteArchive;
import io.tlsrpt.store.sqlite.SqliteDatabase;
import java.nio.file.Path;
import java.util.Optional;

/** Finds the database that a URL means. The only class that knows all kinds of databases. */
public final class DatabaseUrl {
  /** The allowed forms of a URL, as an administrator reads them. */
  public static final String ALLOWED =
      SqliteDatabase.ALLOWED_URLS + "; or " + PostgresqlDatabase.ALLOWED_URLS;

  private DatabaseUrl() {}

  /** The database of a JDBC URL; empty if it is not one of {@link #ALLOWED}. */
  public static Optional<Database> parse(String url) {
    return SqliteDatabase.parse(url)
        .<Database>map(sqlite -> sqlite)
        .or(() -> PostgresqlDatabase.parse(url));
  }

  /** The database of a server without a URL: the file {@code reports.db} in its directory. */
  public static Database in(Path directory) {
    return SqliteDatabase.of(fileIn(directory));
  }

  /** The file of a server without a URL. */
  public static Path fileIn(Path directory) {
    return directory.resolve("reports.db");
  }

  /**
   * Opens the SQLite file of a server that does not run.
   *
   * @throws StoreUnavailableException if it cannot be read
   */
  public static Archive archive(Path file) {
    return SqliteArchive.open(file);
  }
}
