// SPDX-License-Identifier: Apache-2.0

/**
 * Connections to policy hosts and MX hosts within bounds: which addresses may be connected to, the
 * handshake, the two dialogues. A target comes from a stranger: no dialogue lasts longer than its
 * deadline, or keeps more than its limits.
 */
@NullMarked
package io.tlsrpt.checks.connections;

import org.jspecify.annotations.NullMarked;
