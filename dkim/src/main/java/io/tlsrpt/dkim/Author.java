// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.dkim;

import static java.util.Objects.requireNonNull;

import io.tlsrpt.dkim.RawMail.Field;
import io.tlsrpt.report.PolicyDomain;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.util.List;
import java.util.Optional;

/**
 * The author of a mail: the domain of its only From address.
 *
 * @param domain lower case, A-labels
 */
record Author(String domain) {
  /** The parser takes time by the square of the length of what is hostile. */
  private static final int MAX_FIELD_LENGTH = 2_000;

  Author {
    requireNonNull(domain, "domain");
  }

  /** Empty unless there is exactly one From field with exactly one address (RFC 8460 §3). */
  static Optional<Author> of(RawMail mail) {
    List<Field> from = mail.fields("from");
    return from.size() == 1 && from.getFirst().text().length() <= MAX_FIELD_LENGTH
        ? onlyAddress(from.getFirst().value())
        : Optional.empty();
  }

  private static Optional<Author> onlyAddress(String from) {
    try {
      InternetAddress[] addresses = InternetAddress.parseHeader(from, true);
      return addresses.length == 1 && !addresses[0].isGroup()
          ? domain(addresses[0].getAddress())
          : Optional.empty();
    } catch (AddressException e) {
      return Optional.empty();
    }
  }

  private static Optional<Author> domain(String address) {
    int at = address.lastIndexOf('@');
    return at < 0
        ? Optional.empty()
        : PolicyDomain.parse(address.substring(at + 1)).map(PolicyDomain::value).map(Author::new);
  }

  /** Whether a signer answers for this author: the same domain or one above, of one owner. */
  boolean isCoveredBy(String signer) {
    return (domain.equals(signer) || domain.endsWith("." + signer))
        && !OrganisationalDomain.isPublicSuffix(signer);
  }
}
