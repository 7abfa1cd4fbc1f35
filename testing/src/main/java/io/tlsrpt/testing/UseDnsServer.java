// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.testing;

import org.apache.mailet.Mail;
import org.apache.mailet.base.GenericMailet;

/**
 * Points a server's DNS look-ups at a {@link DnsServer}, since James' own configuration takes no
 * port. A mailet only to be started by James; mails pass it untouched.
 */
public final class UseDnsServer extends GenericMailet {

  @Override
  public void init() {
    DnsServer.useInThisProcess(Integer.parseInt(getInitParameter("port")));
  }

  @Override
  public void service(Mail mail) {
    // Only its init matters.
  }
}
