// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.checks.targets;

import io.tlsrpt.report.DomainName;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Where a look may connect to, and where never. Names and addresses come from the owners of
 * domains, so they may point into this server's own network: at a database, at the metadata service
 * of a cloud. Immutable.
 *
 * <p>Allowed are public unicast addresses, this machine's own, and what the administrator names.
 * The address that was judged is the one to connect to: a second resolution could give another.
 */
public final class Reachable {
  private final Set<InetAddress> own;
  private final List<Network> checkNetworks;
  private final Set<InetAddress> mxAddresses;

  /**
   * @param own this machine's addresses; those of the loopback do not count. See {@link #own()}
   * @param checkNetworks networks that are not public and may still be connected to
   * @param mxAddresses addresses that the administrator gives for MX hosts, of whatever kind
   */
  public Reachable(
      Collection<InetAddress> own,
      Collection<Network> checkNetworks,
      Collection<InetAddress> mxAddresses) {
    this.own = Set.copyOf(own.stream().filter(address -> !isLocal(address)).toList());
    this.checkNetworks = List.copyOf(checkNetworks);
    this.mxAddresses = Set.copyOf(mxAddresses);
  }

  private static boolean isLocal(InetAddress address) {
    return address.isLoopbackAddress() || address.isAnyLocalAddress();
  }

  /** The addresses of this machine's interfaces, but those of the loopback, as they are now. */
  public static Set<InetAddress> own() throws SocketException {
    return Set.copyOf(
        NetworkInterface.networkInterfaces()
            .flatMap(NetworkInterface::inetAddresses)
            .filter(address -> !isLocal(address))
            .toList());
  }

  /** Whether an address is one of this machine's, or one given for an MX host. */
  public boolean isOwn(InetAddress address) {
    return own.contains(address) || mxAddresses.contains(address);
  }

  /** Why an address must not be connected to, as "a private address"; empty if it may be. */
  public Optional<String> refusal(InetAddress address) {
    return isOwn(address) || checkNetworks.stream().anyMatch(net -> net.contains(address))
        ? Optional.empty()
        : NotPublic.why(address);
  }

  /**
   * The name of a host that may be a target: A-labels with a dot. Not an address, which in an MX
   * record looks like a name.
   */
  public static Optional<DomainName> target(String name) {
    return DomainName.parse(name)
        .filter(host -> host.value().indexOf('.') > 0)
        .filter(host -> isTop(host.value().substring(host.value().lastIndexOf('.') + 1)));
  }

  /** No top-level domain is a number, or has an underscore. */
  private static boolean isTop(String label) {
    return label.indexOf('_') < 0 && label.chars().anyMatch(c -> c < '0' || c > '9');
  }
}
