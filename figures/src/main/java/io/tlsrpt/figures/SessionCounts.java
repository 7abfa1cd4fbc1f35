// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.figures;

/** Sessions that satisfied a policy and sessions that did not; neither is ever negative. */
public record SessionCounts(long successful, long failed) {
  public static final SessionCounts NONE = new SessionCounts(0, 0);

  public SessionCounts {
    if (successful < 0 || failed < 0) {
      throw new IllegalArgumentException("a session count is negative");
    }
  }

  public long total() {
    return successful + failed;
  }

  public SessionCounts plus(SessionCounts other) {
    return new SessionCounts(successful + other.successful, failed + other.failed);
  }

  /** What is left without a part of them; never less than none. */
  SessionCounts minus(SessionCounts part) {
    return new SessionCounts(
        Math.max(0, successful - part.successful), Math.max(0, failed - part.failed));
  }
}
