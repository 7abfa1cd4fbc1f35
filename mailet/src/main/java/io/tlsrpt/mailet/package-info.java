// SPDX-License-Identifier: Apache-2.0

/**
 * The door at Apache James: matcher, mailet, health checks, parameters. Start at {@link
 * io.tlsrpt.mailet.TlsReportMailet}. Only this room knows James or Jakarta Mail; everything else is
 * done by the receiver.
 */
@NullMarked
package io.tlsrpt.mailet;

import org.jspecify.annotations.NullMarked;
