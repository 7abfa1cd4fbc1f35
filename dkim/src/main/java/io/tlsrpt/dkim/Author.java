// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.dkim;

import static java.util.Objects.requireNonNull;

import io.tlsrpt.dns.OrganisationalDomain;
import io.tlsrpt.message.Field;
import io.tlsrpt.message.Header;
import io.tlsrpt.report.DomainName;
import java.util.List;
import java.util.Optional;

/** The author of a mail: the domain of its only From address (RFC 5322 §3.6.2). */
public sealed interface Author {

  /** There is exactly one. */
  record Known(DomainName domain) implements Author {
    public Known {
      requireNonNull(domain, "domain");
    }

    /**
     * Whether a signer is aligned with this author: it is the author's domain, or a domain above it
     * that is no public suffix.
     */
    boolean isCoveredBy(DomainName signer) {
      return domain.equals(signer)
          || (domain.isWithin(signer) && !OrganisationalDomain.isPublicSuffix(signer));
    }
  }

  /**
   * There is none, or several, or nobody can tell.
   *
   * @param why in words, without a sender's text
   */
  record Unknown(String why) implements Author {
    public Unknown {
      requireNonNull(why, "why");
    }
  }

  /** Reads From; never fails. */
  static Author of(Header header) {
    List<Field> from = header.fields("from");
    return switch (from.size()) {
      case 0 -> new Unknown("there is no From field");
      case 1 -> new AddressReader(from.getFirst().value()).author();
      default -> new Unknown("there are " + from.size() + " From fields");
    };
  }

  /** The author's domain, if there is one. */
  static Optional<DomainName> domainOf(Header header) {
    return of(header) instanceof Known(DomainName domain) ? Optional.of(domain) : Optional.empty();
  }

  /** For the log: the From domain, or why there is none. */
  static String describe(Author author) {
    return switch (author) {
      case Known(DomainName domain) -> "From domain " + domain;
      case Unknown(String why) -> why;
    };
  }

  /** An author in a domain as written, U-labels included. */
  static Author in(String domain) {
    return DomainName.parse(domain)
        .<Author>map(Known::new)
        .orElseGet(() -> new Unknown("the domain of the From address is no host name"));
  }
}
