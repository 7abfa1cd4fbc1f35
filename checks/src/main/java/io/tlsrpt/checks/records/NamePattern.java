// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.checks.records;

import static java.util.Objects.requireNonNull;

import io.tlsrpt.report.DomainName;
import java.util.Optional;

/**
 * A name or a pattern for names, as a certificate has it in its subjectAltName (DNS-ID, RFC 6125
 * §6.4.3) and an MTA-STS policy in its {@code mx:} lines (RFC 8461 §4.1). A pattern is {@code *.}
 * and a name; the {@code *} stands for one label, neither for more nor for none.
 *
 * @param name without the {@code *.}
 */
public record NamePattern(DomainName name, boolean wildcard) {
  private static final String ANY_LABEL = "*.";

  public NamePattern {
    requireNonNull(name, "name");
  }

  /** Empty if it is neither; {@code *} is one only as the whole left-most label. */
  public static Optional<NamePattern> parse(String written) {
    boolean wildcard = written.startsWith(ANY_LABEL);
    return DomainName.parse(wildcard ? written.substring(ANY_LABEL.length()) : written)
        .map(name -> new NamePattern(name, wildcard));
  }

  public boolean matches(DomainName host) {
    return wildcard ? labelsBelow(host) == 1 : host.equals(name);
  }

  /**
   * Whether only the number of labels keeps a pattern from matching: {@code *.example.com} does not
   * match {@code a.mx.example.com}, nor {@code example.com}. Owners often think it does.
   */
  public boolean matchesButForLabels(DomainName host) {
    return wildcard && host.isWithin(name) && !matches(host);
  }

  /** How many labels of the host stand before the name; 0 if it is not below it. */
  private long labelsBelow(DomainName host) {
    if (!host.isWithin(name)) {
      return 0;
    }
    int before = host.value().length() - name.value().length();
    return host.value().substring(0, before).chars().filter(c -> c == '.').count();
  }

  @Override
  public String toString() {
    return wildcard ? ANY_LABEL + name : name.value();
  }
}
