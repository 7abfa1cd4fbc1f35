// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store.sql;

import java.sql.SQLException;

/** Writes rows into the tables of a database. For one thread at a time. */
public interface RowWriter {
  /** Begins a row; its columns are added in the order of {@link Write#columns}. */
  Row row(Write write) throws SQLException;
}
