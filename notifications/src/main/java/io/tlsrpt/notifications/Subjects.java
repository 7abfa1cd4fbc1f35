// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.notifications;

import io.tlsrpt.figures.FailureFigures;
import io.tlsrpt.figures.FailureKind;
import io.tlsrpt.report.DomainName;
import java.time.LocalDate;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Subjects that say it all. Of what senders wrote, a host's name is in it only if it is one label
 * within the domain itself, such as {@code mx2}.
 */
final class Subjects {
  private static final String BEGINNING = "TLS reports: ";
  private static final int MOST_KINDS = 2;
  private static final Pattern LABEL = Pattern.compile("[a-z0-9]([a-z0-9-]{0,30}[a-z0-9])?");

  private Subjects() {}

  static String of(String what) {
    return BEGINNING + what;
  }

  /**
   * Domains that fail.
   *
   * @param how such as {@code loses mail}, with {@code lose mail} for many
   */
  static String failing(
      Collection<DomainNow> domains, Collection<FailureKind> kinds, String how, String manyHow) {
    if (domains.size() > 1) {
      return of(Words.count(domains.size(), "domain") + " " + manyHow + ": " + kinds(kinds));
    }
    DomainNow domain = domains.iterator().next();
    return of(
        domain.name()
            + " "
            + how
            + since(domain, kinds).map(day -> " since " + Words.shortDay(day)).orElse("")
            + ": "
            + kinds(kinds)
            + host(domain, kinds).map(host -> " at " + host).orElse(""));
  }

  /** The kinds of failure of some domains, the most frequent first. */
  static List<FailureKind> kindsOf(Collection<DomainNow> domains) {
    Map<FailureKind, Integer> counts = new EnumMap<>(FailureKind.class);
    domains.forEach(
        domain -> domain.activeKinds().forEach(kind -> counts.merge(kind, 1, Integer::sum)));
    return counts.entrySet().stream()
        .sorted(Map.Entry.<FailureKind, Integer>comparingByValue().reversed())
        .map(Map.Entry::getKey)
        .toList();
  }

  static String kinds(Collection<FailureKind> kinds) {
    return Words.some(kinds.stream().map(FailureKind::key).toList(), MOST_KINDS);
  }

  /** One domain by its name, several by their number. */
  static String domains(Collection<DomainName> domains) {
    return domains.size() == 1
        ? domains.iterator().next().value()
        : Words.count(domains.size(), "domain");
  }

  private static Optional<LocalDate> since(DomainNow domain, Collection<FailureKind> kinds) {
    return kinds.stream().flatMap(kind -> domain.since(kind).stream()).min(LocalDate::compareTo);
  }

  private static Optional<String> host(DomainNow domain, Collection<FailureKind> kinds) {
    String parent = "." + domain.name();
    List<String> hosts =
        kinds.stream()
            .limit(1)
            .flatMap(kind -> domain.failure(kind).stream())
            .map(FailureFigures::receivingMx)
            .flatMap(List::stream)
            .filter(name -> name.endsWith(parent))
            .map(name -> name.substring(0, name.length() - parent.length()))
            .filter(label -> LABEL.matcher(label).matches())
            .limit(MOST_KINDS)
            .collect(Collectors.toList());
    return hosts.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", hosts));
  }
}
