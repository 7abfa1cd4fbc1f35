// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.figures.posture;

import io.tlsrpt.report.DomainName;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What the receiver sees when it looks for itself. Asked by many threads at once, and answers at
 * once from memory; only {@link #look} looks.
 */
public interface Postures {

  /** What is looked at. */
  enum Level {
    /** Records in the DNS. */
    DNS,
    /** The MTA-STS policy, by HTTPS. */
    POLICY,
    /** MX hosts at this machine's addresses or those of the parameter {@code mxAddresses}. */
    OWN_MX,
    /** All MX hosts at public addresses. */
    MX;

    /** As in the parameter {@code checks}: lower case, {@code own-mx}. */
    public String key() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /** Nothing is looked at. */
  Postures NONE = new NoPostures();

  /** What is looked at; empty if the parameter {@code checks} is {@code off}. */
  Set<Level> levels();

  /** The posture of a domain that is looked at. */
  Optional<Posture> domain(DomainName domain);

  /** All domains that are looked at, in any order. */
  Collection<Posture> domains();

  /**
   * An MX host of a domain that is looked at.
   *
   * @param host lower-case A-labels without a dot at the end
   */
  Optional<MxPosture> host(String host);

  /** The MX hosts of the most domains, at most 500, in any order. */
  Collection<MxPosture> hosts();

  /** How many MX hosts the domains have together. */
  long hostCount();

  /**
   * MX hosts of the domains that are ours: two looks, ten minutes apart, saw one at an address of
   * this machine or of the parameter {@code mxAddresses}, the later of them in the last 35 days.
   * They outlive a restart. About 500 at most; a report may speak of a host by that name (RFC 8460
   * §4.4).
   */
  Set<DomainName> ownHosts();

  /** Whether the server's resolver validates by DNSSEC; empty while that is not known. */
  Optional<Boolean> resolverValidates();

  /** When the last look ended; empty before the first. */
  Optional<Instant> lastLook();

  /**
   * Looks at a domain and its MX hosts now, and waits for that, at most a minute; at most once a
   * minute for a domain.
   *
   * @return the posture after it; empty if the domain is not looked at
   * @throws LookRefusedException if it was looked at less than a minute ago
   */
  Optional<Posture> look(DomainName domain) throws LookRefusedException;

  /** Looks at nothing. */
  final class NoPostures implements Postures {
    private NoPostures() {}

    @Override
    public Set<Level> levels() {
      return EnumSet.noneOf(Level.class);
    }

    @Override
    public Optional<Posture> domain(DomainName domain) {
      return Optional.empty();
    }

    @Override
    public Collection<Posture> domains() {
      return List.of();
    }

    @Override
    public Optional<MxPosture> host(String host) {
      return Optional.empty();
    }

    @Override
    public Collection<MxPosture> hosts() {
      return List.of();
    }

    @Override
    public long hostCount() {
      return 0;
    }

    @Override
    public Set<DomainName> ownHosts() {
      return Set.of();
    }

    @Override
    public Optional<Boolean> resolverValidates() {
      return Optional.empty();
    }

    @Override
    public Optional<Instant> lastLook() {
      return Optional.empty();
    }

    @Override
    public Optional<Posture> look(DomainName domain) {
      return Optional.empty();
    }
  }
}
