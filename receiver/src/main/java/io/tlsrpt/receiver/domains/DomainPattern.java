// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.receiver.domains;

import io.tlsrpt.report.DomainName;
import java.util.Optional;

/**
 * An entry of the list of further domains: a domain, or {@code *.} and a domain for all below it.
 *
 * @param below whether the domains below {@code domain} are meant and not itself
 */
public record DomainPattern(DomainName domain, boolean below) {
  private static final String WILDCARD = "*.";

  /** Reads an entry; empty if malformed. */
  public static Optional<DomainPattern> parse(String written) {
    boolean below = written.startsWith(WILDCARD);
    return DomainName.parse(below ? written.substring(WILDCARD.length()) : written)
        .map(domain -> new DomainPattern(domain, below));
  }

  boolean matches(DomainName other) {
    boolean itself = other.equals(domain);
    return below ? !itself && other.isWithin(domain) : itself;
  }
}
