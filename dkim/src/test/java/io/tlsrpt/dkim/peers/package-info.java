// SPDX-License-Identifier: Apache-2.0

/** Compares our verification with other implementations, on many odd mails. */
@NullMarked
package io.tlsrpt.dkim.peers;

import org.jspecify.annotations.NullMarked;
