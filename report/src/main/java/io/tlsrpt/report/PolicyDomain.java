// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.report;

import java.net.IDN;
import java.util.Locale;
import java.util.Optional;

/**
 * A domain that reports speak of: A-labels, lower case, no trailing dot (RFC 8460 §4.4); an
 * underscore may stand in a label. Nothing else is in it, so it may be part of an ObjectName and of
 * a log line as it is.
 */
public record PolicyDomain(String value) implements Comparable<PolicyDomain> {
  private static final int MAX_LENGTH = 253;
  private static final int MAX_LABEL_LENGTH = 63;

  public PolicyDomain {
    if (!isHostName(value)) {
      throw new IllegalArgumentException("not a normalised host name");
    }
  }

  /** Normalises what a report or an administrator wrote; empty if it is no host name. */
  public static Optional<PolicyDomain> parse(String written) {
    String name = written.strip();
    if (name.endsWith(".")) {
      name = name.substring(0, name.length() - 1);
    }
    if (name.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    try {
      String ascii = IDN.toASCII(name).toLowerCase(Locale.ROOT);
      return isHostName(ascii) ? Optional.of(new PolicyDomain(ascii)) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static boolean isHostName(String name) {
    if (name.isEmpty() || name.length() > MAX_LENGTH) {
      return false;
    }
    for (String label : name.split("\\.", -1)) {
      if (!isLabel(label)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isLabel(String label) {
    return !label.isEmpty()
        && label.length() <= MAX_LABEL_LENGTH
        && !label.startsWith("-")
        && !label.endsWith("-")
        && label.chars().allMatch(PolicyDomain::isLabelCharacter);
  }

  private static boolean isLabelCharacter(int c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
  }

  @Override
  public int compareTo(PolicyDomain other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
