// SPDX-License-Identifier: Apache-2.0

/** What our verification is held against: other implementations, on many odd mails. */
@NullMarked
package io.tlsrpt.dkim.peers;

import org.jspecify.annotations.NullMarked;
