// SPDX-License-Identifier: Apache-2.0

/**
 * Which domains are ours, and what becomes of the names of others. Start at {@link
 * io.tlsrpt.receiver.domains.PolicyDomains}. What is asked for each entry of a report goes to the
 * server; {@link io.tlsrpt.receiver.domains.CurrentDomains} remembers the last look at its list for
 * all that must not wait.
 */
@NullMarked
package io.tlsrpt.receiver.domains;

import org.jspecify.annotations.NullMarked;
