// SPDX-License-Identifier: Apache-2.0

/**
 * What is to be said of the certificates that a host sent: whom they name, until when they are
 * valid, who vouches for them. Nothing here connects to anything, and time is an argument.
 */
@NullMarked
package io.tlsrpt.checks.certificates;

import org.jspecify.annotations.NullMarked;
