// SPDX-License-Identifier: Apache-2.0

/**
 * What a receiver asks of its surroundings: which domains the server serves, who shows figures, who
 * measures. Whoever runs a receiver implements these.
 */
@NullMarked
package io.tlsrpt.receiver.port;

import org.jspecify.annotations.NullMarked;
