// SPDX-License-Identifier: Apache-2.0

/**
 * What the receiver sees when it looks for itself at what a domain publishes: the status of each
 * check over several looks, and what that says of a failure that a reporter tells of. Pure values
 * with time as an argument; nothing here asks the DNS or opens a connection. Start at {@link
 * io.tlsrpt.figures.posture.Posture}.
 */
@NullMarked
package io.tlsrpt.figures.posture;

import org.jspecify.annotations.NullMarked;
