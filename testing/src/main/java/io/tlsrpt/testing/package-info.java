// SPDX-License-Identifier: Apache-2.0

/**
 * What tests and the demonstration need of the world: a DNS server on loopback, DKIM keys and
 * signatures, a PostgreSQL server.
 */
@NullMarked
package io.tlsrpt.testing;

import org.jspecify.annotations.NullMarked;
