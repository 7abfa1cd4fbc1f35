// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.report;

/**
 * How many bytes are allowed, and why a report with more of them is refused.
 *
 * @param where names the limit
 * @param large number of bytes above which {@code atLarge} is called
 * @param atLarge called when more than {@code large} bytes have passed, perhaps more than once
 */
public record SizeLimit(
    long bytes, ParseResult.Reason reason, String where, long large, Runnable atLarge) {

  /** A limit that calls nobody before it is exceeded. */
  public SizeLimit(long bytes, ParseResult.Reason reason, String where) {
    this(bytes, reason, where, Long.MAX_VALUE, () -> {});
  }

  public void check(long passed) throws TooLargeException {
    if (passed > bytes) {
      throw new TooLargeException(reason, where);
    }
    if (passed > large) {
      atLarge.run();
    }
  }
}
