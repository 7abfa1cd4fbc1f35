// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store.postgresql;

/**
 * The version of the states of a domain.
 *
 * @param number 0 before the first
 * @param isOwn whether this server wrote it
 */
record Version(long number, boolean isOwn) {
  static final Version NONE = new Version(0, false);
}
