// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.dkim.peers;

/** A mail with a signature, good or not, and the record of the key. */
record Signed(Mail mail, String keyRecord) {}
