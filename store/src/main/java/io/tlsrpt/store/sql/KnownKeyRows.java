// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store.sql;

import io.tlsrpt.report.DomainName;
import io.tlsrpt.store.KnownKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The table of DKIM keys. For one thread at a time. */
public final class KnownKeyRows {
  private final StatementCache statements;

  /** Reads and writes through the statements of one connection. */
  public KnownKeyRows(StatementCache statements) {
    this.statements = statements;
  }

  /** Reads all keys but those whose organisation was damaged. */
  public List<KnownKey> read() throws SQLException {
    List<KnownKey> keys = new ArrayList<>();
    try (ResultSet row =
        statements.of("SELECT name, organisation, record, good_on, days FROM known_key").query()) {
      while (row.next()) {
        Optional<DomainName> organisation = DomainName.parse(row.getString(2));
        if (organisation.isPresent()) {
          keys.add(
              new KnownKey(
                  row.getString(1),
                  organisation.get(),
                  row.getString(3),
                  LocalDate.ofEpochDay(row.getLong(4)),
                  row.getInt(5)));
        }
      }
    }
    return keys;
  }

  /** Writes keys; a key replaces an earlier one of the same name. */
  public void keep(Collection<KnownKey> keys) throws SQLException {
    for (KnownKey key : keys) {
      statements
          .of(
              """
              INSERT INTO known_key (name, organisation, record, good_on, days)
              VALUES (?, ?, ?, ?, ?)
              ON CONFLICT (name) DO UPDATE SET organisation = excluded.organisation,
                record = excluded.record, good_on = excluded.good_on, days = excluded.days
              """)
          .add(key.name())
          .add(key.organisation().value())
          .add(key.record())
          .add(key.goodOn())
          .add(key.days())
          .update();
    }
  }

  /** Deletes the keys of these names; a name without a key is no error. */
  public void delete(Collection<String> names) throws SQLException {
    for (String name : names) {
      statements.of("DELETE FROM known_key WHERE name = ?").add(name).update();
    }
  }
}
