// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.dkim.peers;

/** Our verification, which is compared with that of the peers. */
@FunctionalInterface
interface Ours {
  /** Whether the mail's one signature is good under the key. */
  boolean verifies(byte[] mail, String... keyRecords);
}
