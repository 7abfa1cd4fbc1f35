// SPDX-License-Identifier: Apache-2.0

/**
 * Matcher and mailet for Apache James, and the way of a mail through them. The only room that knows
 * James or Jakarta Mail.
 */
@NullMarked
package io.tlsrpt.mailet;

import org.jspecify.annotations.NullMarked;
