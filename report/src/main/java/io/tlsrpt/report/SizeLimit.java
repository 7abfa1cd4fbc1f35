// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.report;

/**
 * How many bytes are allowed, and why a report with more of them is refused.
 *
 * @param where names the limit
 * @param warnAbove number of bytes above which {@code onLarge} is called
 * @param onLarge called when more than {@code warnAbove} bytes have passed, perhaps more than once
 */
public record SizeLimit(
    long bytes, ParseResult.Reason reason, String where, long warnAbove, Runnable onLarge) {

  /** A limit that calls nobody before it is exceeded. */
  public SizeLimit(long bytes, ParseResult.Reason reason, String where) {
    this(bytes, reason, where, Long.MAX_VALUE, () -> {});
  }

  public void check(long passed) throws TooLargeException {
    if (passed > bytes) {
      throw new TooLargeException(reason, where);
    }
    if (passed > warnAbove) {
      onLarge.run();
    }
  }
}
