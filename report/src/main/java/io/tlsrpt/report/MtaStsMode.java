// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.report;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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

  private static final Pattern OTHER_FORM =
      Pattern.compile(
          "(?:^|[\\s;,{])[\"']?mode[\"']?\\s?[:=]\\s?[\"']?(none|testing|enforce)(?![\\w.-])",
          Pattern.CASE_INSENSITIVE);

  private final String key;

  MtaStsMode(String key) {
    this.key = key;
  }

  /** The word used in policies and in every figure we show. */
  public String key() {
    return key;
  }

  /**
   * The first readable {@code mode:} of a policy, one line an element or all lines in one (RFC 8461
   * §3.2).
   */
  static MtaStsMode ofPolicyString(List<String> policyString) {
    for (String element : policyString) {
      for (String line : element.lines().toList()) {
        Optional<MtaStsMode> mode = ofLine(line);
        if (mode.isPresent()) {
          return mode.get();
        }
      }
    }
    return UNKNOWN;
  }

  private static Optional<MtaStsMode> ofLine(String line) {
    int colon = line.indexOf(':');
    return colon < 0 || !line.substring(0, colon).strip().equalsIgnoreCase("mode")
        ? Optional.empty()
        : parse(line.substring(colon + 1).strip());
  }

  private static Optional<MtaStsMode> parse(String word) {
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "none" -> Optional.of(NONE);
      case "testing" -> Optional.of(TESTING);
      case "enforce" -> Optional.of(ENFORCE);
      default -> Optional.empty();
    };
  }

  /**
   * The mode of a policy that is not written in the lines of RFC 8461, but as a list with
   * semicolons, with an equals sign, or as JSON.
   */
  static Optional<MtaStsMode> inOtherForm(List<String> policyString) {
    for (String element : policyString) {
      Matcher stated = OTHER_FORM.matcher(element);
      if (stated.find()) {
        return parse(stated.group(1));
      }
    }
    return Optional.empty();
  }
}
