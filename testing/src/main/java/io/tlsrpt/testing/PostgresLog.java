// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** Reads what a PostgreSQL server has logged. */
final class PostgresLog {
  /** Time, process and database. */
  static final String PREFIX = "%m [%p] %d ";

  private PostgresLog() {}

  /** The statements of the sessions of a database, in the server's words, in order. */
  static List<String> statements(Path log, String database) throws IOException {
    return Pattern.compile(
            "(?m)^[^\\t\\[]+ \\[\\d+\\] "
                + Pattern.quote(database)
                + " LOG:  ((?:statement|execute [^:]+): .*(?:\\R\\t.*)*)")
        .matcher(Files.readString(log))
        .results()
        .map(entry -> entry.group(1).replaceAll("\\R\\t", "\n"))
        .toList();
  }
}
