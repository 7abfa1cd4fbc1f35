// SPDX-License-Identifier: Apache-2.0

/**
 * The body of a report mail: which parts it has (RFC 2046), which of them may be reports, and their
 * octets without the transfer encoding (RFC 2045 §6). Start at {@link
 * io.tlsrpt.receiver.mime.ReportParts}. Knows neither James nor Jakarta Mail: a mail is read before
 * anybody answers for it, so each step takes linear time and little memory.
 */
@NullMarked
package io.tlsrpt.receiver.mime;

import org.jspecify.annotations.NullMarked;
