// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.checks.targets;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Addresses that lead to no host of the public Internet (RFC 6890 and the registries of special
 * addresses). The JDK's own methods know but a few of them.
 */
final class NotPublic {
  private static final String RESERVED = "a reserved address";

  private static final List<Kind> KINDS =
      List.of(
          Kind.of("a loopback address", "127.0.0.0/8", "::1"),
          Kind.of("no address of a host", "0.0.0.0/8", "::"),
          Kind.of("a link-local address", "169.254.0.0/16", "fe80::/10"),
          Kind.of(
              "a private address",
              "10.0.0.0/8",
              "172.16.0.0/12",
              "192.168.0.0/16",
              "100.64.0.0/10",
              "fc00::/7"),
          Kind.of("a multicast address", "224.0.0.0/4", "ff00::/8"),
          // For documentation, for benchmarks, for protocols, and what is left over. Teredo,
          // 2001::/32, is in 2001::/23.
          Kind.of(
              RESERVED,
              "192.0.0.0/24",
              "192.0.2.0/24",
              "192.88.99.0/24",
              "198.18.0.0/15",
              "198.51.100.0/24",
              "203.0.113.0/24",
              "240.0.0.0/4",
              "2001::/23",
              "2001:db8::/32",
              "3fff::/20"));

  private static final Network GLOBAL_IPV6 = network("2000::/3");

  /** 6to4 (RFC 3056): an IPv4 address follows. */
  private static final Network SIX_TO_FOUR = network("2002::/16");

  /** NAT64 (RFC 6052): an IPv4 address is at the end. */
  private static final Network NAT64 = network("64:ff9b::/96");

  private NotPublic() {}

  private static Network network(String written) {
    return Network.parse(written).orElseThrow();
  }

  /** Empty if it is public. */
  static Optional<String> why(InetAddress address) {
    return why(address.getAddress());
  }

  private static Optional<String> why(byte[] address) {
    if (SIX_TO_FOUR.contains(address)) {
      return why(Arrays.copyOfRange(address, 2, 6));
    }
    if (NAT64.contains(address)) {
      return why(Arrays.copyOfRange(address, 12, 16));
    }
    for (Kind kind : KINDS) {
      if (kind.contains(address)) {
        return Optional.of(kind.words);
      }
    }
    return address.length == 4 || GLOBAL_IPV6.contains(address)
        ? Optional.empty()
        : Optional.of(RESERVED);
  }

  private record Kind(String words, List<Network> networks) {
    static Kind of(String words, String... networks) {
      return new Kind(words, Stream.of(networks).map(NotPublic::network).toList());
    }

    boolean contains(byte[] address) {
      return networks.stream().anyMatch(network -> network.contains(address));
    }
  }
}
