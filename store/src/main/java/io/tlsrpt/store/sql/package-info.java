// SPDX-License-Identifier: Apache-2.0

/**
 * Tables, rows and the texts in their columns, for databases that are asked in SQL. Start at {@link
 * io.tlsrpt.store.sql.ReportRows} for what was reported, and at {@link
 * io.tlsrpt.store.sql.StateReader} for what is shown. Each object here is for one thread at a time.
 */
@NullMarked
package io.tlsrpt.store.sql;

import org.jspecify.annotations.NullMarked;
