// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.dns;

import com.google.common.net.InternetDomainName;
import io.tlsrpt.report.DomainName;
import java.util.Optional;

/** Where registries end and organisations begin: the public suffix list, as the server has it. */
public final class OrganisationalDomain {
  private OrganisationalDomain() {}

  /**
   * The domain that the owner of {@code domain} registered; {@code domain} itself if it is a public
   * suffix or no host name.
   */
  public static DomainName of(DomainName domain) {
    return parse(domain).map(OrganisationalDomain::registered).map(DomainName::new).orElse(domain);
  }

  private static String registered(InternetDomainName name) {
    if (name.hasPublicSuffix()) {
      return name.isPublicSuffix() ? name.toString() : name.topPrivateDomain().toString();
    }
    // The list's default rule: a top-level domain that it lacks is a suffix.
    int labels = name.parts().size();
    return String.join(".", name.parts().subList(Math.max(0, labels - 2), labels));
  }

  /** Whether anyone may register names below it, so that nobody answers for all of them. */
  public static boolean isPublicSuffix(DomainName domain) {
    return domain.value().indexOf('.') < 0
        || parse(domain)
            .filter(name -> name.isPublicSuffix() && name.toString().equals(domain.value()))
            .isPresent();
  }

  /**
   * Parses the longest end of a name that is a host name. Labels that only the DNS allows, such as
   * {@code _1}, can only stand below a registered domain.
   */
  private static Optional<InternetDomainName> parse(DomainName domain) {
    for (String rest = domain.value(); ; rest = rest.substring(rest.indexOf('.') + 1)) {
      try {
        return Optional.of(InternetDomainName.from(rest));
      } catch (IllegalArgumentException e) {
        if (rest.indexOf('.') < 0) {
          return Optional.empty();
        }
      }
    }
  }
}
