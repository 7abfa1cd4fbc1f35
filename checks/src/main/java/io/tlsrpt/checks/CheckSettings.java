// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.checks;

import static java.util.Objects.requireNonNull;

import io.tlsrpt.checks.targets.Network;
import io.tlsrpt.figures.posture.Postures.Level;
import io.tlsrpt.report.DomainName;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the administrator lets the receiver look at.
 *
 * @param levels what is looked at; none: nothing
 * @param interval between two looks, 1 hour to 7 days
 * @param ruas mail addresses to which reports should go; if there are none, each address in a
 *     domain of ours is one
 * @param mxAddresses where to find an MX host in place of what the DNS says
 * @param networks that are not public and may be connected to
 */
public record CheckSettings(
    Set<Level> levels,
    Duration interval,
    List<String> ruas,
    Map<DomainName, InetSocketAddress> mxAddresses,
    Set<Network> networks) {
  /** Nothing is looked at. */
  public static final CheckSettings OFF =
      new CheckSettings(Set.of(), Duration.ofHours(12), List.of(), Map.of(), Set.of());

  public CheckSettings {
    levels = Set.copyOf(levels);
    requireNonNull(interval, "interval");
    ruas = List.copyOf(ruas);
    mxAddresses = Map.copyOf(mxAddresses);
    networks = Set.copyOf(networks);
  }

  /** Whether something is looked at. */
  public boolean isOn() {
    return !levels.isEmpty();
  }

  boolean looksAtPolicy() {
    return levels.contains(Level.POLICY);
  }

  boolean looksAtHosts() {
    return levels.contains(Level.OWN_MX) || levels.contains(Level.MX);
  }

  boolean looksAtForeignHosts() {
    return levels.contains(Level.MX);
  }

  /** Where the administrator says that an MX host is. */
  Optional<InetSocketAddress> mxAddress(DomainName host) {
    return Optional.ofNullable(mxAddresses.get(host));
  }

  Collection<InetAddress> namedAddresses() {
    return mxAddresses.values().stream().map(InetSocketAddress::getAddress).toList();
  }
}
