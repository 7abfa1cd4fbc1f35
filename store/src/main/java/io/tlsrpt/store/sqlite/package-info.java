// SPDX-License-Identifier: Apache-2.0

/**
 * A store in one SQLite file that one process uses. Start at {@link
 * io.tlsrpt.store.sqlite.SqliteReportStore}. One thread writes at a time, and commits the mails of
 * all threads that wait. The states of all domains are in memory and are read without waiting.
 */
@NullMarked
package io.tlsrpt.store.sqlite;

import org.jspecify.annotations.NullMarked;
