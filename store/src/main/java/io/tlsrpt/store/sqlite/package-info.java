// SPDX-License-Identifier: Apache-2.0

/**
 * A store in one SQLite file, of one process. Start at {@link
 * io.tlsrpt.store.sqlite.SqliteReportStore}: one thread writes at a time, and commits at once all
 * that waits; the states of all domains are in memory and are read without waiting.
 */
@NullMarked
package io.tlsrpt.store.sqlite;

import org.jspecify.annotations.NullMarked;
