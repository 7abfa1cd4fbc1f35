// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.receiver.domains;

import io.tlsrpt.report.DomainName;
import io.tlsrpt.store.DomainStanding;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which domains are ours, as of the last look at the server's list. */
public final class CurrentDomains {
  private final OurDomains named;
  private final Supplier<Set<DomainName>> mxHosts;
  private volatile Optional<Look> last = Optional.empty();

  /**
   * Knows only the named domains until the first look.
   *
   * @param named the domains that the administrator named
   * @param mxHosts the MX hosts that are ours; asked often, so an answer must be at hand
   */
  public CurrentDomains(Set<DomainPattern> named, Supplier<Set<DomainName>> mxHosts) {
    this.named = new OurDomains(Set.of(), named, Set.of());
    this.mxHosts = mxHosts;
  }

  private record Look(OurDomains ours, NearOurs near) {}

  /** Takes the list of our domains as it is now. */
  public void look(OurDomains now) {
    if (last.filter(look -> look.ours().equals(now)).isEmpty()) {
      last = Optional.of(new Look(now, new NearOurs(now)));
    }
  }

  /** Those that the server serves; none before the first look. */
  public Set<DomainName> served() {
    return last.map(look -> look.ours().served()).orElse(Set.of());
  }

  /**
   * Those that are ours by exact name; before the first look those that the administrator named.
   */
  public Set<DomainName> named() {
    OurDomains ours = last.map(Look::ours).orElse(named);
    return Stream.concat(
            ours.served().stream(),
            ours.named().stream().filter(pattern -> !pattern.below()).map(DomainPattern::domain))
        .filter(CurrentDomains::takesMailOfOthers)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** False of localhost and the like, to which no other server sends mail. */
  public static boolean takesMailOfOthers(DomainName domain) {
    return domain.value().contains(".");
  }

  /**
   * How firmly a domain is ours. Before the first look a domain that fits no pattern counts as
   * served, since the server's list may be out of reach when James starts.
   */
  public DomainStanding standing(DomainName domain) {
    DomainStanding standing = last.map(Look::ours).orElse(named).standing(domain);
    if (standing != DomainStanding.NOT_OURS) {
      return standing;
    }
    // A report about a new host may come before the next look at the list.
    return mxHosts.get().contains(domain)
        ? DomainStanding.UNLISTED
        : last.isEmpty() ? DomainStanding.NAMED : DomainStanding.NOT_OURS;
  }

  /** Whether a name that is not ours looks like ours; false before the first look. */
  public boolean isNearOurs(DomainName domain) {
    return last.filter(look -> look.near().test(domain)).isPresent();
  }
}
