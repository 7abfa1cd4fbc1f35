// SPDX-License-Identifier: Apache-2.0

/**
 * The vocabulary of RFC 8460 and the parser that reads a report into it. Knows neither mail nor
 * James: it takes bytes and gives values, and what cannot be read is a value too.
 */
@NullMarked
package io.tlsrpt.report;

import org.jspecify.annotations.NullMarked;
