// SPDX-License-Identifier: Apache-2.0

/**
 * Waiting for the DNS within bounds, and where registries end and organisations begin. Start at
 * {@link io.tlsrpt.dns.SpoolerBulkhead} for whose time a look-up may take.
 */
@NullMarked
package io.tlsrpt.dns;

import org.jspecify.annotations.NullMarked;
