// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.receiver.domains;

import io.tlsrpt.figures.receiver.UnknownDomain;
import io.tlsrpt.report.DomainName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * The policy domains refused last because they are not ours: a hint for an administrator who forgot
 * to name one. Senders choose these names, and no sender may push out the names of others. So a
 * report takes two places at most, an organisation with more than half of all places gives way
 * first, and names that look like ours stay longest. May be used by many threads at once.
 */
public final class UnknownDomains {
  private static final int PLACES = 20;
  private static final int PLACES_OF_A_REPORT = 2;

  /** Places of one organisation while others need places. */
  private static final int FAIR_SHARE = PLACES / 2;

  private final UnaryOperator<DomainName> organisationOf;

  /** In the order of their last refusal. */
  private final Map<DomainName, Refused> places = new LinkedHashMap<>();

  /**
   * Begins without a domain.
   *
   * @param organisationOf the organisation of a reporter
   */
  public UnknownDomains(UnaryOperator<DomainName> organisationOf) {
    this.organisationOf = organisationOf;
  }

  /**
   * A place.
   *
   * @param teller the organisation that named it first. The place stays that organisation's, so
   *     that nobody takes over the name of another and then lets it drop
   * @param nearOurs whether it looks like ours
   */
  private record Refused(UnknownDomain told, DomainName teller, boolean nearOurs) {}

  /** Counts the domains of a report that are not ours. */
  public synchronized void refuse(ForeignDomains foreign, DomainName reporter) {
    DomainName teller = organisationOf.apply(reporter);
    List<DomainName> unseen = new ArrayList<>();
    for (DomainName domain : foreign.names()) {
      Refused before = places.remove(domain);
      if (before == null) {
        unseen.add(domain);
      } else {
        long count = before.told().count() + 1;
        places.put(
            domain,
            new Refused(
                new UnknownDomain(domain, reporter, count),
                before.teller(),
                before.nearOurs() || foreign.isNearOurs(domain)));
      }
    }
    for (DomainName domain : unseen.subList(0, Math.min(unseen.size(), PLACES_OF_A_REPORT))) {
      places.put(
          domain,
          new Refused(new UnknownDomain(domain, reporter, 1), teller, foreign.isNearOurs(domain)));
      if (places.size() > PLACES) {
        places.remove(leastUseful());
      }
    }
  }

  private long placesOf(DomainName teller) {
    return places.values().stream().filter(place -> place.teller().equals(teller)).count();
  }

  /**
   * The place to free: the oldest name that does not look like ours, else the oldest of all. If an
   * organisation has more than its fair share, only its names are considered.
   */
  private DomainName leastUseful() {
    List<Refused> unfair =
        places.values().stream().filter(place -> placesOf(place.teller()) > FAIR_SHARE).toList();
    return (unfair.isEmpty() ? List.copyOf(places.values()) : unfair)
        .stream()
            .min(Comparator.comparing(Refused::nearOurs))
            .map(place -> place.told().domain())
            .orElseThrow(() -> new IllegalStateException("nothing was refused"));
  }

  /** The last one first. */
  public synchronized List<UnknownDomain> last() {
    return places.values().stream().map(Refused::told).toList().reversed();
  }
}
