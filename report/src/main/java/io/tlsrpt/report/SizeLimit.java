// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.report;

/**
 * How many bytes there may be, and what is said of more.
 *
 * @param where names the limit
 * @param large from how many bytes on it is told that they are many
 * @param atLarge told then, perhaps more than once
 */
public record SizeLimit(
    long bytes, ParseResult.Reason reason, String where, long large, Runnable atLarge) {

  /** A limit that tells nobody. */
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
