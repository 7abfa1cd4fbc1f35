// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.message;

/**
 * How much of a header is read.
 *
 * @param maxLength in octets
 */
public record HeaderLimits(int maxLength, int maxFields) {
  /** Of a mail: real reports have some 10 KB and 40 fields. */
  static final HeaderLimits OF_A_MAIL = new HeaderLimits(256 << 10, 1_000);

  public HeaderLimits {
    if (maxLength < 1 || maxFields < 1) {
      throw new IllegalArgumentException("a limit is less than 1");
    }
  }
}
