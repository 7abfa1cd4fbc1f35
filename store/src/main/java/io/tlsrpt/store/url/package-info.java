// SPDX-License-Identifier: Apache-2.0

/** From the URL of a database to its store: {@link io.tlsrpt.store.url.DatabaseUrl}. */
@NullMarked
package io.tlsrpt.store.url;

import org.jspecify.annotations.NullMarked;
