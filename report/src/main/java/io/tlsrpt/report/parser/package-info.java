// SPDX-License-Identifier: Apache-2.0

/**
 * Reads reports: from octets, compressed or not, to {@link io.tlsrpt.report.TlsReport}, under
 * limits and tolerating what senders really write. Start at {@link
 * io.tlsrpt.report.parser.ReportParser}. May be used by many threads at once.
 */
@NullMarked
package io.tlsrpt.report.parser;

import org.jspecify.annotations.NullMarked;
