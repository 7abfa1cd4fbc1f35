// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.notifications;

import io.tlsrpt.figures.FailureKind;
import io.tlsrpt.figures.event.DomainEvent;
import io.tlsrpt.figures.event.FirstReport;
import io.tlsrpt.figures.event.MailLoss;
import io.tlsrpt.figures.event.ModeChange;
import io.tlsrpt.figures.event.Transition;
import io.tlsrpt.figures.event.Transition.Change;
import io.tlsrpt.figures.posture.Check;
import io.tlsrpt.figures.posture.CheckEvent;
import io.tlsrpt.figures.posture.DomainCheck;
import io.tlsrpt.figures.posture.MxCheck;
import io.tlsrpt.report.DomainName;
import io.tlsrpt.report.MtaStsMode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The notices of one mail, sorted so that one kind over many domains is one paragraph. Filled by
 * one thread, and then read.
 */
final class Gathered {
  /** Two modes: what it was, and what it is. */
  record Modes(MtaStsMode from, MtaStsMode to) {}

  /** A kind of failure of a domain. */
  record Failure(FailureKind kind, DomainName domain) {}

  private final List<Notice.OfReceiver> troubles = new ArrayList<>();
  private final Set<DomainName> domains = new LinkedHashSet<>();
  private final Set<DomainName> losing = new LinkedHashSet<>();
  private final Set<DomainName> delivered = new LinkedHashSet<>();
  private final Map<Change, Map<FailureKind, Set<DomainName>>> failures =
      new EnumMap<>(Change.class);
  private final Map<FailureKind, Set<DomainName>> brief = new EnumMap<>(FailureKind.class);
  private final Map<Modes, Set<DomainName>> modes = new LinkedHashMap<>();
  private final Set<DomainName> first = new LinkedHashSet<>();
  private final Map<Turned, CheckEvent> checks = new LinkedHashMap<>();

  /** A check of a domain or of an MX host. */
  private record Turned(String subject, Check check) {}

  private Gathered() {}

  static Gathered of(Collection<Notice> notices) {
    Gathered gathered = new Gathered();
    for (Notice notice : notices) {
      switch (notice) {
        case Notice.OfReceiver trouble -> gathered.troubles.add(trouble);
        case Notice.OfDomain(DomainEvent event) -> gathered.add(event);
        case Notice.OfCheck(CheckEvent event) -> gathered.add(event);
      }
    }
    return gathered;
  }

  /** A check that turns and turns back within one mail is not told. */
  private void add(CheckEvent event) {
    Turned turned = new Turned(event.subject(), event.check());
    if (event.check() instanceof DomainCheck) {
      DomainName.parse(event.subject()).ifPresent(domains::add);
    }
    CheckEvent before = checks.remove(turned);
    if (before == null || before.failing() == event.failing()) {
      checks.put(turned, event);
    }
  }

  private void add(DomainEvent event) {
    domains.add(event.domain());
    switch (event) {
      case Transition transition -> add(transition);
      case MailLoss loss -> add(loss);
      case ModeChange change ->
          modes
              .computeIfAbsent(new Modes(change.from(), change.to()), pair -> new LinkedHashSet<>())
              .add(change.domain());
      case FirstReport report -> first.add(report.domain());
    }
  }

  /** What has started and ended within one mail is told as one; what goes on after all, not. */
  private void add(Transition transition) {
    DomainName domain = transition.domain();
    if (transition.change() != Change.STARTED) {
      boolean isBrief = of(Change.STARTED, transition.kind()).remove(domain);
      (isBrief ? domainsOf(brief, transition.kind()) : of(transition.change(), transition.kind()))
          .add(domain);
    } else if (!of(Change.RECOVERED, transition.kind()).remove(domain)
        && !of(Change.EXPIRED, transition.kind()).remove(domain)) {
      of(Change.STARTED, transition.kind()).add(domain);
    }
  }

  private void add(MailLoss loss) {
    Set<DomainName> others = loss.begins() ? delivered : losing;
    if (!others.remove(loss.domain())) {
      (loss.begins() ? losing : delivered).add(loss.domain());
    }
  }

  private Set<DomainName> of(Change change, FailureKind kind) {
    return domainsOf(
        failures.computeIfAbsent(change, absent -> new EnumMap<>(FailureKind.class)), kind);
  }

  private static Set<DomainName> domainsOf(
      Map<FailureKind, Set<DomainName>> domains, FailureKind kind) {
    return domains.computeIfAbsent(kind, absent -> new LinkedHashSet<>());
  }

  /** Whether nothing is left to tell. */
  boolean isEmpty() {
    return troubles.isEmpty()
        && losing.isEmpty()
        && delivered.isEmpty()
        && Stream.of(Change.values()).allMatch(change -> failures(change).isEmpty())
        && brief().isEmpty()
        && modes.isEmpty()
        && first.isEmpty()
        && checks.isEmpty();
  }

  List<Notice.OfReceiver> troubles() {
    return troubles;
  }

  /** The domains that have begun to lose mail. */
  Set<DomainName> losing() {
    return losing;
  }

  /** The domains that have ceased to lose mail. */
  Set<DomainName> delivered() {
    return delivered;
  }

  /** The domains by the kind of failure that has changed in this way. */
  Map<FailureKind, Set<DomainName>> failures(Change change) {
    return withDomains(failures.getOrDefault(change, Map.of()));
  }

  /** The domains by the kind of failure that has started and is over already. */
  Map<FailureKind, Set<DomainName>> brief() {
    return withDomains(brief);
  }

  private static Map<FailureKind, Set<DomainName>> withDomains(
      Map<FailureKind, Set<DomainName>> domains) {
    Map<FailureKind, Set<DomainName>> some = new EnumMap<>(FailureKind.class);
    domains.forEach(
        (kind, names) -> {
          if (!names.isEmpty()) {
            some.put(kind, names);
          }
        });
    return some;
  }

  /** The failures that have started; those of domains that lose mail come first. */
  List<Failure> started() {
    return failures(Change.STARTED).entrySet().stream()
        .flatMap(entry -> entry.getValue().stream().map(name -> new Failure(entry.getKey(), name)))
        .sorted(Comparator.comparing(failure -> !losing.contains(failure.domain())))
        .toList();
  }

  Map<Modes, Set<DomainName>> modes() {
    return modes;
  }

  /** The domains of which the first report has come. */
  Set<DomainName> first() {
    return first;
  }

  /** The checks that have begun to fail, or that pass again. */
  List<CheckEvent> checks(boolean failing) {
    return checks.values().stream().filter(event -> event.failing() == failing).toList();
  }

  /** The domain that all of it is about, if there is just one. */
  Optional<DomainName> onlyDomain() {
    boolean isOfHosts =
        checks.keySet().stream().anyMatch(turned -> turned.check() instanceof MxCheck);
    return domains.size() == 1 && !isOfHosts
        ? Optional.of(domains.iterator().next())
        : Optional.empty();
  }

  /** Whether somebody should hear of it even if much has been sent today. */
  boolean isUrgent() {
    return !losing.isEmpty()
        || !checks(true).isEmpty()
        || troubles.stream().anyMatch(Notice.OfReceiver::begins);
  }
}
