// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.testing;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.apache.mailet.Mail;
import org.apache.mailet.base.GenericMailet;
import org.xbill.DNS.ExtendedResolver;
import org.xbill.DNS.Lookup;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.SimpleResolver;

/**
 * Points the server's DNS look-ups at a {@link DnsServer}, since James' own configuration takes no
 * port. A mailet only to be started by James; mails pass it untouched.
 */
public final class UseDnsServer extends GenericMailet {

  @Override
  public void init() {
    useDnsServer(Integer.parseInt(getInitParameter("port")));
  }

  /** Look-ups of this process go to the port; timeouts and retries stay dnsjava's own. */
  public static void useDnsServer(int port) {
    Resolver server =
        new SimpleResolver(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    Lookup.setDefaultResolver(new ExtendedResolver(new Resolver[] {server}));
  }

  @Override
  public void service(Mail mail) {
    // Only its init matters.
  }
}
