// SPDX-License-Identifier: Apache-2.0

/**
 * A mail as octets (RFC 5322): its header fields and where its body begins, read once. Signatures,
 * the choice of how the body is read, and all that is taken from the header use this one reading,
 * so that no field is seen by one of them alone. Start at {@link io.tlsrpt.message.RawMail}. Knows
 * nothing but the JDK.
 */
@NullMarked
package io.tlsrpt.message;

import org.jspecify.annotations.NullMarked;
