// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.mailet.parameters;

import io.tlsrpt.checks.MxAddress;
import io.tlsrpt.checks.targets.Network;
import io.tlsrpt.figures.posture.Postures.Level;
import io.tlsrpt.receiver.Parameter;
import io.tlsrpt.report.DomainName;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The parameters that say what the receiver may look at by itself. */
final class CheckParameters {
  static final Parameter<Set<Level>> CHECKS =
      Parameter.of(
          "checks",
          Set.of(Level.DNS),
          CheckParameters::levels,
          "off, or a comma list of dns, policy, own-mx, mx");

  static final Parameter<Duration> INTERVAL =
      Parameter.duration(
          "checkInterval",
          Duration.ofHours(12),
          Duration.ofHours(1),
          Duration.ofDays(7),
          "a time from 1 hour to 7 days such as 12 hours (units: hours, days)");

  static final Parameter<Set<String>> RUA =
      Parameter.list(
          "rua", CheckParameters::address, "a comma list of addresses such as tlsrpt@example.net");

  static final Parameter<Set<MxAddress>> MX_ADDRESSES =
      Parameter.list(
          "mxAddresses",
          MxAddress::parse,
          "a comma list of host=address or host=address:port, such as"
              + " mx.example.com=10.0.0.5:25; each host once");

  static final Parameter<Set<Network>> NETWORKS =
      Parameter.list(
          "checkNetworks", Network::parse, "a comma list of networks such as 10.0.0.0/8, fd00::/8");

  private CheckParameters() {}

  private static Optional<Set<Level>> levels(String written) {
    if (written.equals("off")) {
      return Optional.of(Set.of());
    }
    EnumSet<Level> levels = EnumSet.of(Level.DNS);
    for (String name : List.of(written.split(",", -1))) {
      Optional<Level> level =
          Arrays.stream(Level.values())
              .filter(known -> known.key().equals(name.strip()))
              .findFirst();
      if (level.isEmpty()) {
        return Optional.empty();
      }
      levels.add(level.get());
    }
    if (levels.contains(Level.MX)) {
      levels.add(Level.OWN_MX);
    }
    return Optional.of(Set.copyOf(levels));
  }

  private static Optional<String> address(String written) {
    int at = written.lastIndexOf('@');
    return at > 0
            && written.chars().allMatch(c -> c > ' ' && c < 0x7f)
            && DomainName.parse(written.substring(at + 1)).isPresent()
        ? Optional.of(written)
        : Optional.empty();
  }

  /** Their names. */
  static List<String> names() {
    return Stream.of(CHECKS, INTERVAL, RUA, MX_ADDRESSES, NETWORKS).map(Parameter::name).toList();
  }
}
