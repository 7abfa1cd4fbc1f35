// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.receiver.domains;

import io.tlsrpt.report.Deviation;
import io.tlsrpt.report.Deviations;
import io.tlsrpt.report.DomainName;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The policy domains of a report that are not ours: what it says of them is left out (RFC 8460 §7).
 *
 * @param names each once; first those that look like ours, which an administrator may have
 *     forgotten
 * @param nearOurs those of them that look like ours
 */
public record ForeignDomains(List<DomainName> names, Set<DomainName> nearOurs) {
  /** For a report about our domains only. */
  public static final ForeignDomains NONE = new ForeignDomains(List.of(), Set.of());

  /** Names in a log line. A report may name a thousand, and a person is to read the line. */
  private static final int NAMED = 5;

  public ForeignDomains {
    names = List.copyOf(names);
    nearOurs = Set.copyOf(nearOurs);
  }

  /**
   * Puts the names first that look like ours.
   *
   * @param names each once, in the order of the report
   */
  public static ForeignDomains of(
      Collection<DomainName> names, Predicate<DomainName> looksLikeOurs) {
    Map<Boolean, List<DomainName>> byLooks =
        names.stream().collect(Collectors.partitioningBy(looksLikeOurs));
    return new ForeignDomains(
        Stream.of(true, false).map(byLooks::get).flatMap(List::stream).toList(),
        Set.copyOf(byLooks.getOrDefault(true, List.of())));
  }

  boolean isNearOurs(DomainName name) {
    return nearOurs.contains(name);
  }

  public boolean isEmpty() {
    return names.isEmpty();
  }

  /** Adds the deviation that these domains were left out to the other deviations of the report. */
  public Deviations notedIn(Deviations others) {
    return isEmpty() ? others : others.plus(Deviation.FOREIGN_DOMAIN, names.size());
  }

  /** For a log line, that they were left out; empty if there are none. */
  public String leftOut() {
    return isEmpty() ? "" : "not ours and left out: " + this;
  }

  /** A few of them and how many more there are: {@code a.example, b.example and 3 more}. */
  @Override
  public String toString() {
    String first =
        names.stream().limit(NAMED).map(DomainName::value).collect(Collectors.joining(", "));
    return names.size() > NAMED ? first + " and " + (names.size() - NAMED) + " more" : first;
  }
}
