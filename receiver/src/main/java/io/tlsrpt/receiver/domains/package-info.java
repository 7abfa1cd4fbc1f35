// SPDX-License-Identifier: Apache-2.0

/**
 * Which domains are ours, and what becomes of the names of others. Start at {@link
 * io.tlsrpt.receiver.domains.PolicyDomains}. It asks the server about the entries of a report.
 * {@link io.tlsrpt.receiver.domains.CurrentDomains} has the server's list as of the last look, for
 * questions that must not wait.
 */
@NullMarked
package io.tlsrpt.receiver.domains;

import org.jspecify.annotations.NullMarked;
