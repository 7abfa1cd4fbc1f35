// SPDX-License-Identifier: Apache-2.0

/**
 * Commits reports together with the figures of their domains, and knows which report it has seen.
 * Knows nothing of mail and nothing of JMX.
 */
@NullMarked
package io.tlsrpt.store;

import org.jspecify.annotations.NullMarked;
