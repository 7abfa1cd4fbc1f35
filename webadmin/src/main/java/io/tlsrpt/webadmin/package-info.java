// SPDX-License-Identifier: Apache-2.0

/**
 * The door at WebAdmin, the HTTP server of James: pages for people, and JSON, CSV and metrics for
 * programs. Start at {@link io.tlsrpt.webadmin.Site}, which answers a {@link
 * io.tlsrpt.webadmin.http.Request} with an {@link io.tlsrpt.webadmin.http.Answer}; both are values.
 * Only {@link io.tlsrpt.webadmin.TlsReportRoutes} and its headers know WebAdmin. Nothing is changed
 * by any of it. Each request is answered on a thread of the server.
 *
 * <p>Below it, each layer knows only those behind it: {@code pages} and {@code metrics}, what is
 * shown; {@code markup}, how a page is written; {@code http}, requests and answers.
 */
@NullMarked
package io.tlsrpt.webadmin;

import org.jspecify.annotations.NullMarked;
