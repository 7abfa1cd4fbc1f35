// SPDX-License-Identifier: Apache-2.0

/**
 * What a domain publishes, asked by the receiver itself: its records in the DNS, its MTA-STS policy
 * by HTTPS, its MX hosts by SMTP. What is seen becomes a value of {@code
 * io.tlsrpt.figures.posture}; nothing here decides what an administrator is told.
 */
@NullMarked
package io.tlsrpt.checks;

import org.jspecify.annotations.NullMarked;
