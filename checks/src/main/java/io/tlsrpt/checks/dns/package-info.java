// SPDX-License-Identifier: Apache-2.0

/**
 * Questions to the server's own resolver whose answers say whether something is there, whether it
 * is not, or whether nobody can say; and whether DNSSEC vouches for it. Nothing is cached.
 *
 * <p>Start here: {@link io.tlsrpt.checks.dns.Questions}.
 *
 * <p>Threads: none of its own; whoever asks waits, within a deadline.
 */
@NullMarked
package io.tlsrpt.checks.dns;

import org.jspecify.annotations.NullMarked;
