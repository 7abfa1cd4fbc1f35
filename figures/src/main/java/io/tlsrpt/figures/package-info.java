// SPDX-License-Identifier: Apache-2.0

/**
 * What reports mean: the contribution of a report, the state of a domain, the outcome of an intake.
 * Pure values with time as an argument; nothing here reads a clock, a database or a mail.
 */
@NullMarked
package io.tlsrpt.figures;

import org.jspecify.annotations.NullMarked;
