// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.checks;

import java.time.Duration;
import java.time.Instant;

/** How long ago something was, by a clock that may be set back. */
final class Ages {
  private Ages() {}

  /**
   * Whether something was less than so long ago. A time that lies as far in the future was read
   * from a clock that has been set back since: whoever waited for it might wait for years.
   */
  static boolean isRecent(Instant at, Duration age, Instant now) {
    return Duration.between(at, now).abs().compareTo(age) < 0;
  }
}
