// SPDX-License-Identifier: Apache-2.0

/**
 * Stores reports in PostgreSQL, which several servers may share. Start at {@link
 * io.tlsrpt.store.postgresql.PostgresqlSession}: how a batch of reports is committed. The rules
 * that keep several servers right: the rows of the batch's domains are locked in the order of their
 * ids; a version tells whether the states in memory are those of the database; an identity is
 * unique. The door is {@link io.tlsrpt.store.postgresql.PostgresqlDatabase}. One connection writes
 * and polls, by one thread at a time; each question has a short-lived connection of its own.
 */
@NullMarked
package io.tlsrpt.store.postgresql;

import org.jspecify.annotations.NullMarked;
