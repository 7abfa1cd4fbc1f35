// SPDX-License-Identifier: Apache-2.0

/**
 * Pages for people, and JSON and CSV for programs, in the WebAdmin server of James: what reports
 * say of each domain, and how the receiver is. Start at {@link io.tlsrpt.webadmin.Site}, which
 * answers a {@link io.tlsrpt.webadmin.Request} with an {@link io.tlsrpt.webadmin.Answer}; both are
 * values. Only {@link io.tlsrpt.webadmin.TlsReportRoutes} knows WebAdmin. Nothing is changed by any
 * of it. Each request is answered on a thread of the server.
 */
@NullMarked
package io.tlsrpt.webadmin;

import org.jspecify.annotations.NullMarked;
