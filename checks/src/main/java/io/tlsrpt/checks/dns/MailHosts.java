// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.checks.dns;

import java.util.List;

/** Where a domain's mail goes (RFC 5321 §5.1). All words are safe to show. */
public sealed interface MailHosts {
  /**
   * To these hosts.
   *
   * @param hosts at least one and at most {@value Questions#MAX_MAIL_HOSTS}, the preferred first,
   *     each once
   * @param more how many there are beyond that; they are not looked at
   * @param implicit whether there is no MX record, so that the domain's own name is its host; it
   *     may have no address, then there is no mail
   * @param secure whether DNSSEC vouches for it
   */
  record Hosts(List<MailHost> hosts, int more, boolean implicit, boolean secure)
      implements MailHosts {
    public Hosts {
      hosts = List.copyOf(hosts);
    }
  }

  /** Nowhere: the domain takes no mail (RFC 7505), or there is no such domain. */
  record NoMail(boolean secure) implements MailHosts {}

  /** As {@link Answer.Bogus}. */
  record Bogus(String words) implements MailHosts {}

  /** As {@link Answer.Unavailable}. */
  record Unavailable(String words) implements MailHosts {}
}
