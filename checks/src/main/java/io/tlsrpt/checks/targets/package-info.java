// SPDX-License-Identifier: Apache-2.0

/**
 * Which hosts and addresses may be connected to: they are named by strangers. Start at {@link
 * io.tlsrpt.checks.targets.Reachable}. Pure, but that it reads this machine's own addresses when
 * asked for them; nothing is looked up.
 */
@NullMarked
package io.tlsrpt.checks.targets;

import org.jspecify.annotations.NullMarked;
