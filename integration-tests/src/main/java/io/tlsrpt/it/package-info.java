// SPDX-License-Identifier: Apache-2.0

/**
 * A real James in its own process, as an administrator would run it, and the sample reports to show
 * it with. Knows the product only by its jars, its configuration and its beans.
 */
@NullMarked
package io.tlsrpt.it;

import org.jspecify.annotations.NullMarked;
