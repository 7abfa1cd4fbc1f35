// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.report;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What an MTA-STS policy asks of senders, the laxest first.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8461#section-5">RFC 8461, 5</a>
 */
public enum MtaStsMode {
  /** No policy, or one that states no readable mode. */
  UNKNOWN("unknown"),
  /** The policy is being retired. */
  NONE("none"),
  /** Failures are reported, mail is delivered. */
  TESTING("testing"),
  /** Mail is not delivered over sessions that fail. */
  ENFORCE("enforce");

  private final String key;

  MtaStsMode(String key) {
    this.key = key;
  }

  /** The word used in policies and in every figure we show. */
  public String key() {
    return key;
  }

  /**
   * The first {@code mode:} of a policy, one line an element or all lines in one (RFC 8461 §3.2).
   */
  static MtaStsMode ofPolicyString(List<String> policyString) {
    for (String element : policyString) {
      for (String line : element.lines().toList()) {
        Optional<MtaStsMode> mode = modeOf(line);
        if (mode.isPresent()) {
          return mode.get();
        }
      }
    }
    return UNKNOWN;
  }

  private static Optional<MtaStsMode> modeOf(String line) {
    int colon = line.indexOf(':');
    if (colon < 0 || !line.substring(0, colon).strip().equalsIgnoreCase("mode")) {
      return Optional.empty();
    }
    return switch (line.substring(colon + 1).strip().toLowerCase(Locale.ROOT)) {
      case "none" -> Optional.of(NONE);
      case "testing" -> Optional.of(TESTING);
      case "enforce" -> Optional.of(ENFORCE);
      default -> Optional.empty();
    };
  }
}
