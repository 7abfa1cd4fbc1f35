// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.report;

import static java.util.Objects.requireNonNull;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Sessions that failed in one way between one sending MTA and one receiving MX. All text is the
 * sender's: data to be shown, never to be looked up or fetched.
 *
 * @param failedSessionCount never negative
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8460#section-4.4">RFC 8460, 4.4</a>
 */
public record FailureDetails(
    ResultType resultType,
    Optional<String> sendingMtaIp,
    Optional<String> receivingMxHostname,
    Optional<String> receivingMxHelo,
    Optional<String> receivingIp,
    long failedSessionCount,
    Optional<String> additionalInformation,
    Optional<String> failureReasonCode) {
  private static final int MAX_TEXT = 255;
  private static final int MAX_HOST_NAME = 253;
  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

  public FailureDetails {
    requireNonNull(resultType, "resultType");
    requireNonNull(sendingMtaIp, "sendingMtaIp");
    requireNonNull(receivingMxHostname, "receivingMxHostname");
    requireNonNull(receivingMxHelo, "receivingMxHelo");
    requireNonNull(receivingIp, "receivingIp");
    requireNonNull(additionalInformation, "additionalInformation");
    requireNonNull(failureReasonCode, "failureReasonCode");
    if (failedSessionCount < 0) {
      throw new IllegalArgumentException("failedSessionCount is negative");
    }
  }

  /**
   * The receiving MX in lower case and without a trailing dot, so that names can be compared; empty
   * if there is none. The sender's text is not checked: it need not be a host name.
   */
  public Optional<String> receivingMx() {
    return receivingMxHostname.map(FailureDetails::hostName).filter(name -> !name.isEmpty());
  }

  private static String hostName(String written) {
    String name = isPlain(written) ? written : plain(written);
    String relative = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    return Texts.cut(relative, MAX_HOST_NAME);
  }

  /** Fast path: nearly all names are printable ASCII in lower case and need no normalising. */
  private static boolean isPlain(String written) {
    for (int i = 0; i < written.length(); i++) {
      char c = written.charAt(i);
      if (c <= ' ' || c > '~' || (c >= 'A' && c <= 'Z')) {
        return false;
      }
    }
    return true;
  }

  private static String plain(String written) {
    return CONTROL.matcher(written.strip().toLowerCase(Locale.ROOT)).replaceAll("?");
  }

  /** A text of a sender as it is kept: at most 255 characters. */
  public static String cut(String text) {
    return Texts.cut(text, MAX_TEXT);
  }

  FailureDetails withCount(long count) {
    return new FailureDetails(
        resultType,
        sendingMtaIp,
        receivingMxHostname,
        receivingMxHelo,
        receivingIp,
        count,
        additionalInformation,
        failureReasonCode);
  }

  /** These with each text as it is kept. */
  FailureDetails cut() {
    return isShort()
        ? this
        : new FailureDetails(
            new ResultType(cut(resultType.value())),
            cut(sendingMtaIp),
            cut(receivingMxHostname),
            cut(receivingMxHelo),
            cut(receivingIp),
            failedSessionCount,
            cut(additionalInformation),
            cut(failureReasonCode));
  }

  private boolean isShort() {
    return resultType.value().length() <= MAX_TEXT
        && isShort(sendingMtaIp)
        && isShort(receivingMxHostname)
        && isShort(receivingMxHelo)
        && isShort(receivingIp)
        && isShort(additionalInformation)
        && isShort(failureReasonCode);
  }

  private static boolean isShort(Optional<String> text) {
    return text.isEmpty() || text.get().length() <= MAX_TEXT;
  }

  private static Optional<String> cut(Optional<String> text) {
    return text.isPresent() ? Optional.of(cut(text.get())) : text;
  }
}
