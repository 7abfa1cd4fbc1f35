// SPDX-License-Identifier: Apache-2.0

/**
 * What becomes of states when reports are added to them, the same for every database and without
 * one. Start at {@link io.tlsrpt.store.fold.Fold}: a database answers {@link
 * io.tlsrpt.store.fold.Wanted} by {@link io.tlsrpt.store.fold.Known}, the fold decides, and the
 * database writes what the fold says. Each object here is of one transaction and for one thread at
 * a time.
 */
@NullMarked
package io.tlsrpt.store.fold;

import org.jspecify.annotations.NullMarked;
