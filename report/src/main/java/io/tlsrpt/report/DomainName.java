// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.report;

import java.net.IDN;
import java.util.Locale;
import java.util.Optional;

/**
 * The name of a domain: a policy domain (RFC 8460 §4.4), a domain that signs, an organisation. It
 * is written in A-labels, in lower case and without a trailing dot; an underscore may stand in a
 * label. It holds nothing else, so it may be part of an ObjectName and of a log line as it is.
 */
public record DomainName(String value) implements Comparable<DomainName> {
  private static final int MAX_LENGTH = 253;
  private static final int MAX_LABEL_LENGTH = 63;

  /**
   * Sharp s, final sigma and joiners. IDNA 2008 keeps them; the JDK's IDNA 2003 replaces or drops
   * them (UTS 46 §2.3), which would turn one owner's domain into another's.
   */
  private static final String DEVIATING = "\u00df\u1e9e\u03c2\u200c\u200d";

  public DomainName {
    if (!isHostName(value)) {
      throw new IllegalArgumentException("not a normalised host name");
    }
  }

  /**
   * Normalises what a report or an administrator wrote. Empty if it is no host name, or if IDNA
   * 2003 and 2008 disagree on the A-label: such a domain must be written as A-label.
   */
  public static Optional<DomainName> parse(String written) {
    String name = written.strip();
    if (name.endsWith(".")) {
      name = name.substring(0, name.length() - 1);
    }
    if (name.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    // Fast path: nearly all senders write A-labels. IDN would take a tenth of a report's time.
    return isHostName(name) ? Optional.of(new DomainName(name)) : normalised(name);
  }

  private static Optional<DomainName> normalised(String name) {
    if (name.chars().anyMatch(c -> DEVIATING.indexOf(c) >= 0)) {
      return Optional.empty();
    }
    try {
      String ascii = IDN.toASCII(name).toLowerCase(Locale.ROOT);
      return isHostName(ascii) ? Optional.of(new DomainName(ascii)) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static boolean isHostName(String name) {
    if (name.length() > MAX_LENGTH) {
      return false;
    }
    int from = 0;
    for (int dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', from)) {
      if (!isLabel(name, from, dot)) {
        return false;
      }
      from = dot + 1;
    }
    return isLabel(name, from, name.length());
  }

  private static boolean isLabel(String name, int from, int to) {
    if (from == to || to - from > MAX_LABEL_LENGTH) {
      return false;
    }
    for (int i = from; i < to; i++) {
      if (!isLabelCharacter(name.charAt(i))) {
        return false;
      }
    }
    return name.charAt(from) != '-' && name.charAt(to - 1) != '-';
  }

  private static boolean isLabelCharacter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
  }

  /** Whether this is {@code other} or a name below it. */
  public boolean isWithin(DomainName other) {
    return value.endsWith(other.value)
        && (value.length() == other.value.length()
            || value.charAt(value.length() - other.value.length() - 1) == '.');
  }

  @Override
  public int compareTo(DomainName other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
