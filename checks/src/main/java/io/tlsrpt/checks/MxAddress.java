// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.checks;

import static java.util.Objects.requireNonNull;

import io.tlsrpt.checks.targets.Network;
import io.tlsrpt.report.DomainName;
import java.net.InetSocketAddress;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where to find an MX host in place of what the DNS says: {@code mx.example.com=10.0.0.5:25}. */
public record MxAddress(DomainName host, InetSocketAddress address) {
  private static final int SMTP = 25;
  private static final int MAX_PORT = 65_535;

  /** An IPv6 address with a port stands in brackets. */
  private static final Pattern TARGET =
      Pattern.compile("\\[([0-9a-f:.]+)](?::(\\d{1,5}))?|([0-9.]+)(?::(\\d{1,5}))?|([0-9a-f:.]+)");

  public MxAddress {
    requireNonNull(host, "host");
    requireNonNull(address, "address");
  }

  /** Empty if it is not a host, an equals sign and an address, with a port or without. */
  public static Optional<MxAddress> parse(String written) {
    int equals = written.indexOf('=');
    if (equals < 0) {
      return Optional.empty();
    }
    Optional<DomainName> host = DomainName.parse(written.substring(0, equals).strip());
    Matcher target = TARGET.matcher(written.substring(equals + 1).strip().toLowerCase(Locale.ROOT));
    return target.matches()
        ? host.flatMap(name -> address(target).map(address -> new MxAddress(name, address)))
        : Optional.empty();
  }

  private static Optional<InetSocketAddress> address(Matcher target) {
    String literal = first(target, 1, 3, 5).orElseThrow();
    int port = first(target, 2, 4).map(Integer::valueOf).orElse(SMTP);
    return port < 1 || port > MAX_PORT
        ? Optional.empty()
        : Network.address(literal).map(address -> new InetSocketAddress(address, port));
  }

  private static Optional<String> first(Matcher target, int... groups) {
    for (int group : groups) {
      String found = target.group(group);
      if (found != null) {
        return Optional.of(found);
      }
    }
    return Optional.empty();
  }
}
