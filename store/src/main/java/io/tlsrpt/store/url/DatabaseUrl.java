// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store.url;

import io.tlsrpt.store.Database;
import io.tlsrpt.store.sqlite.SqliteDatabase;
import java.nio.file.Path;
import java.util.Optional;

/** Which database is meant: the one place that knows all kinds of them. */
public final class DatabaseUrl {
  /** For the administrator: what a URL may be. */
  public static final String ALLOWED = SqliteDatabase.ALLOWED_URLS;

  private DatabaseUrl() {}

  /** The database of a JDBC URL; empty if it is not one of {@link #ALLOWED}. */
  public static Optional<Database> parse(String url) {
    return SqliteDatabase.parse(url).map(sqlite -> sqlite);
  }

  /** The database of a server that names none: a file in its directory. */
  public static Database in(Path directory) {
    return SqliteDatabase.of(directory.resolve("reports.db"));
  }
}
