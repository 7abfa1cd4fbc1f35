// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.receiver.domains;

import io.tlsrpt.figures.receiver.UnknownDomain;
import io.tlsrpt.report.PolicyDomain;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The policy domains that were refused last since they are not ours: a hint for whoever forgot to
 * name one. Senders choose these names, and nobody may push out what others told: a report takes
 * two places at most, an organisation that has more than half of all gives way first, and names
 * that look like ours stay longest. May be used by many threads at once.
 */
public final class UnknownDomains {
  private static final int PLACES = 20;
  private static final int PLACES_OF_A_REPORT = 2;

  /** Of an organisation, as long as others need some. */
  private static final int FAIR_SHARE = PLACES / 2;

  private final Function<String, String> organisationOf;

  /** In the order of their last refusal. */
  private final Map<PolicyDomain, Refused> places = new LinkedHashMap<>();

  /**
   * Begins with none.
   *
   * @param organisationOf the organisation of a reporter
   */
  public UnknownDomains(Function<String, String> organisationOf) {
    this.organisationOf = organisationOf;
  }

  /**
   * A place.
   *
   * @param teller the organisation that told of it first, whose place it stays: so nobody takes
   *     over what another one told, and then lets it go
   * @param nearOurs whether it looks like ours
   */
  private record Refused(UnknownDomain told, String teller, boolean nearOurs) {}

  /** A report spoke of domains that are not ours. */
  public synchronized void refuse(ForeignDomains foreign, String reporter) {
    String teller = organisationOf.apply(reporter);
    List<PolicyDomain> unseen = new ArrayList<>();
    for (PolicyDomain domain : foreign.names()) {
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
    for (PolicyDomain domain : unseen.subList(0, Math.min(unseen.size(), PLACES_OF_A_REPORT))) {
      places.put(
          domain,
          new Refused(new UnknownDomain(domain, reporter, 1), teller, foreign.isNearOurs(domain)));
      if (places.size() > PLACES) {
        places.remove(leastUseful());
      }
    }
  }

  private long placesOf(String teller) {
    return places.values().stream().filter(place -> place.teller().equals(teller)).count();
  }

  /** The oldest stranger, else the oldest; of whoever has more than is fair, if somebody has. */
  private PolicyDomain leastUseful() {
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
