// SPDX-License-Identifier: Apache-2.0

/**
 * The door at Apache James: matcher, mailet, health checks, parameters. Start at {@link
 * io.tlsrpt.mailet.TlsReportMailet}. The only room that knows James or Jakarta Mail; everything
 * else is the receiver's.
 */
@NullMarked
package io.tlsrpt.mailet;

import org.jspecify.annotations.NullMarked;
