// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store;

import io.tlsrpt.figures.Contribution;
import io.tlsrpt.figures.DomainState;
import io.tlsrpt.figures.receiver.RejectionReason;
import io.tlsrpt.figures.receiver.ReportOutcome.Rejected;
import io.tlsrpt.report.PolicyDomain;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Decides for what of a report there are places. What has none is left out, and the rest counts.
 * For one thread at a time.
 */
public final class Places {
  /** A domain that is ours by a pattern only has a place until it is not heard of for so long. */
  static final Duration SILENCE_THAT_FREES_A_PLACE = Duration.ofDays(35);

  private final StoreLimits limits;
  private final Map<PolicyDomain, DomainState> states;
  private final NewDomains newDomains = new NewDomains();

  /** Both are worked out only if places run short, and kept: there may be many states. */
  private OptionalLong ours = OptionalLong.empty();

  private Optional<Queue<DomainState>> byPattern = Optional.empty();

  /**
   * Places among the states.
   *
   * @param states before the report that is looked at; a view
   */
  public Places(StoreLimits limits, Map<PolicyDomain, DomainState> states) {
    this.limits = limits;
    this.states = states;
  }

  /**
   * What has a place.
   *
   * @param contributions that have one, in their order
   * @param leftOut why the others have none, each reason once
   * @param givingWay domains whose states have to go for it
   */
  public record Admission(
      List<Contribution> contributions, List<Rejected> leftOut, Set<PolicyDomain> givingWay) {
    public Admission {
      contributions = List.copyOf(contributions);
      leftOut = List.copyOf(leftOut);
      givingWay = Set.copyOf(givingWay);
    }
  }

  /** To be called whenever a domain comes or goes, and before each transaction. */
  public void lookAgain() {
    ours = OptionalLong.empty();
    byPattern = Optional.empty();
  }

  /** Finds places for what a report says; takes none yet. */
  public Admission admit(List<Contribution> said, Instant now) {
    return new Look(now).at(said);
  }

  /**
   * Whether a domain's place is free again, and its state can be forgotten.
   *
   * @param retained what is older is not kept
   */
  public static boolean isFree(
      DomainState state, DomainStanding standing, Instant retained, Instant now) {
    return switch (standing) {
      case NAMED -> false;
      case BY_PATTERN -> isSilentSince(state, now.minus(SILENCE_THAT_FREES_A_PLACE));
      case NOT_OURS -> isSilentSince(state, retained);
    };
  }

  private static boolean isSilentSince(DomainState state, Instant time) {
    return state.totals().lastReportTime().filter(time::isBefore).isEmpty();
  }

  /** A look at one report. */
  private final class Look {
    private final Instant now;
    private final Set<PolicyDomain> admitted = new LinkedHashSet<>();
    private final Map<RejectionReason, Rejected> leftOut = new LinkedHashMap<>();
    private final Set<PolicyDomain> givingWay = new LinkedHashSet<>();
    private int added;

    Look(Instant now) {
      this.now = now;
    }

    Admission at(List<Contribution> said) {
      // What is named comes first: one report may speak of both, and there may be one place left.
      said.stream()
          .sorted(Comparator.comparing(one -> standing(one.domain())))
          .forEach(
              one ->
                  refusal(one)
                      .ifPresentOrElse(
                          why -> leftOut.putIfAbsent(why.reason(), why),
                          () -> admitted.add(one.domain())));
      return new Admission(
          said.stream().filter(one -> admitted.contains(one.domain())).toList(),
          List.copyOf(leftOut.values()),
          givingWay);
    }

    private Optional<Rejected> refusal(Contribution said) {
      DomainState known = states.get(said.domain());
      if (known != null && !givingWay.contains(said.domain())) {
        return known.admits(said.reporter(), said.receivedAt(), limits.reporters())
            ? Optional.empty()
            : Optional.of(limits.reporterTooMany(said));
      }
      return standing(said.domain()) == DomainStanding.NAMED
          ? refusalOfNamed(said)
          : refusalByPattern(said);
    }

    private Optional<Rejected> refusalOfNamed(Contribution said) {
      return hasRoom() || makeRoom(Instant.MAX)
          ? added()
          : Optional.of(limits.domainTooMany(said.domain()));
    }

    private Optional<Rejected> refusalByPattern(Contribution said) {
      String organisation = limits.reporters().organisationOf().apply(said.reporter());
      if (!newDomains.hasRoomFor(organisation, now)) {
        return Optional.of(limits.newDomainTooMany(said.domain(), organisation));
      }
      if (hasRoom() || makeRoom(now.minus(SILENCE_THAT_FREES_A_PLACE))) {
        newDomains.add(organisation);
        return added();
      }
      return Optional.of(limits.domainTooMany(said.domain()));
    }

    private Optional<Rejected> added() {
      added++;
      return Optional.empty();
    }

    private boolean hasRoom() {
      return states.size() - givingWay.size() + added < limits.maxDomains()
          || ours() - givingWay.size() + added < limits.maxDomains();
    }

    private long ours() {
      if (ours.isEmpty()) {
        ours =
            OptionalLong.of(
                states.keySet().stream()
                    .filter(domain -> limits.standing().apply(domain) != DomainStanding.NOT_OURS)
                    .count());
      }
      return ours.getAsLong();
    }

    /** Has the domain give way that is ours by a pattern only and was heard of longest ago. */
    private boolean makeRoom(Instant heardBefore) {
      Queue<DomainState> longestSilentFirst = byPattern();
      while (!longestSilentFirst.isEmpty()
          && lastHeard(longestSilentFirst.element()).isBefore(heardBefore)) {
        PolicyDomain silent = longestSilentFirst.remove().domain();
        if (!admitted.contains(silent)) {
          givingWay.add(silent);
          return true;
        }
        // The same report speaks of this domain, so it keeps its place, and may give it to another
        // report: the queue, which has lost it, is made anew.
        byPattern = Optional.empty();
      }
      return false;
    }

    private Queue<DomainState> byPattern() {
      Queue<DomainState> known =
          byPattern.orElseGet(
              () ->
                  states.values().stream()
                      .filter(
                          state ->
                              limits.standing().apply(state.domain()) == DomainStanding.BY_PATTERN)
                      .sorted(Comparator.comparing(Look::lastHeard))
                      .collect(Collectors.toCollection(ArrayDeque::new)));
      byPattern = Optional.of(known);
      return known;
    }

    private static Instant lastHeard(DomainState state) {
      return state.totals().lastReportTime().orElse(Instant.MIN);
    }

    /** A domain of a report is ours: one that is not on the list yet has just been served. */
    private DomainStanding standing(PolicyDomain domain) {
      DomainStanding known = limits.standing().apply(domain);
      return known == DomainStanding.NOT_OURS ? DomainStanding.NAMED : known;
    }
  }
}
