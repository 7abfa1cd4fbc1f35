// SPDX-License-Identifier: Apache-2.0

/**
 * The vocabulary of RFC 8460: what a report says, and what may be wrong with it. Start at {@link
 * io.tlsrpt.report.TlsReport}. Values only; the parser is in {@code io.tlsrpt.report.parser}.
 */
@NullMarked
package io.tlsrpt.report;

import org.jspecify.annotations.NullMarked;
