// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.report;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What an MTA-STS policy asks of senders, the laxest first.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8461#section-5">RFC 8461, 5</a>
 */
public enum MtaStsMode {
  /** No policy, or one that states no readable mode. */
  UNKNOWN,
  /** The policy is being retired. */
  NONE,
  /** Failures are reported, mail is delivered. */
  TESTING,
  /** Mail is not delivered over sessions that fail. */
  ENFORCE;

  /** The word used in policies and in every figure we show. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The first {@code mode:} of a policy, one line an element or all lines in one (RFC 8461 §3.2).
   */
  static MtaStsMode ofPolicyString(List<String> policyString) {
    return policyString.stream()
        .flatMap(String::lines)
        .flatMap(line -> modeOf(line).stream())
        .findFirst()
        .orElse(UNKNOWN);
  }

  private static Optional<MtaStsMode> modeOf(String line) {
    int colon = line.indexOf(':');
    if (colon < 0 || !line.substring(0, colon).strip().equalsIgnoreCase("mode")) {
      return Optional.empty();
    }
    String word = line.substring(colon + 1).strip().toLowerCase(Locale.ROOT);
    return Stream.of(NONE, TESTING, ENFORCE).filter(mode -> mode.key().equals(word)).findFirst();
  }
}
