// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.dkim;

import io.tlsrpt.dns.LookupDeadline;
import io.tlsrpt.report.DomainName;
import java.util.Optional;

/** Where keys are found. May be used by many threads at once. */
@FunctionalInterface
interface KeyLookup extends AutoCloseable {

  /** The keys under {@code <selector>._domainkey.<domain>}. */
  KeyAnswer find(String selector, DomainName domain, LookupDeadline deadline);

  /**
   * The key under which signatures of this name were good before, perhaps months ago. While the DNS
   * gives no answer, it shows who has probably signed; it proves nothing.
   */
  default Optional<KeyRecord> known(String selector, DomainName domain) {
    return Optional.empty();
  }

  /** The name of a key in the DNS, with which {@link DkimAuthenticator} announces its answer. */
  default String name(String selector, DomainName domain) {
    return selector + "._domainkey." + domain;
  }

  /** A signature was good under a key that was found. */
  default void good(String selector, DomainName domain, KeyRecord key) {}

  @Override
  default void close() {}
}
