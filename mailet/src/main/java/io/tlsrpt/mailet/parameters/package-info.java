// SPDX-License-Identifier: Apache-2.0

/**
 * The child elements of the mailet, as tables: how each value is read, and what is said of a bad
 * one. Start at {@link io.tlsrpt.mailet.parameters.Parameters}.
 */
@NullMarked
package io.tlsrpt.mailet.parameters;

import org.jspecify.annotations.NullMarked;
