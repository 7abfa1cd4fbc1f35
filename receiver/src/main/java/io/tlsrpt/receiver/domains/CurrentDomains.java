// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.receiver.domains;

import io.tlsrpt.report.DomainName;
import io.tlsrpt.store.DomainStanding;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which domains are ours, as of the last look at the server's list. */
public final class CurrentDomains {
  private final OurDomains named;
  private volatile Optional<Look> last = Optional.empty();

  /**
   * Knows only the named domains until the first look.
   *
   * @param named the domains that the administrator named
   */
  public CurrentDomains(Set<DomainPattern> named) {
    this.named = new OurDomains(Set.of(), named);
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
    return standing == DomainStanding.NOT_OURS && last.isEmpty() ? DomainStanding.NAMED : standing;
  }

  /** Whether a name that is not ours looks like ours; false before the first look. */
  public boolean isNearOurs(DomainName domain) {
    return last.filter(look -> look.near().test(domain)).isPresent();
  }
}
