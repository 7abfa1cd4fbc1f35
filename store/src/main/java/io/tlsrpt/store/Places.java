// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store;

import io.tlsrpt.figures.Contribution;
import io.tlsrpt.figures.DomainState;
import io.tlsrpt.figures.receiver.RejectionReason;
import io.tlsrpt.figures.receiver.ReportOutcome.Rejected;
import io.tlsrpt.report.DomainName;
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
 * Decides which contributions of a report have a place in the store. Those without a place are left
 * out, and the others count. For one thread at a time.
 */
public final class Places {
  /** A domain that no list names loses its place after so long without a report. */
  static final Duration SILENCE_THAT_FREES_A_PLACE = Duration.ofDays(35);

  private final StoreLimits limits;
  private final Map<DomainName, DomainState> states;
  private final NewDomains newDomains = new NewDomains();

  /** How many states are of domains that are ours. Cached, since there may be many states. */
  private OptionalLong ours = OptionalLong.empty();

  /** The states of domains that no list names, the longest silent first. Cached. */
  private Optional<Queue<DomainState>> unlisted = Optional.empty();

  /**
   * Places among the states.
   *
   * @param states before the report that is looked at; a view
   */
  public Places(StoreLimits limits, Map<DomainName, DomainState> states) {
    this.limits = limits;
    this.states = states;
  }

  /**
   * What has a place.
   *
   * @param contributions that have one, in their order
   * @param leftOut why the others have none, each reason once
   * @param givingWay domains whose states must be removed to make room
   */
  public record Admission(
      List<Contribution> contributions, List<Rejected> leftOut, Set<DomainName> givingWay) {
    public Admission {
      contributions = List.copyOf(contributions);
      leftOut = List.copyOf(leftOut);
      givingWay = Set.copyOf(givingWay);
    }
  }

  /**
   * Drops what is cached. To be called whenever a domain comes or goes, and before each
   * transaction, since the standing of domains may have changed.
   */
  public void lookAgain() {
    ours = OptionalLong.empty();
    unlisted = Optional.empty();
  }

  /** Finds places for the contributions of a report. The caller adds and removes the states. */
  public Admission admit(List<Contribution> contribution, Instant now) {
    return new Look(now).at(contribution);
  }

  /**
   * Whether a domain's place is free again, and its state can be forgotten.
   *
   * @param retained the start of the time for which reports are kept
   */
  public static boolean isFree(
      DomainState state, DomainStanding standing, Instant retained, Instant now) {
    return switch (standing) {
      case NAMED -> false;
      case UNLISTED -> isSilentSince(state, now.minus(SILENCE_THAT_FREES_A_PLACE));
      case NOT_OURS -> isSilentSince(state, retained);
    };
  }

  private static boolean isSilentSince(DomainState state, Instant time) {
    return state.totals().lastReportTime().filter(time::isBefore).isEmpty();
  }

  /**
   * Finds places for one report. A known domain needs a place for the reporter only. A new domain
   * that is named takes a free place, or that of the unlisted domain silent for longest. A new
   * unlisted domain takes a free place, or that of one silent for 35 days. Each organisation can
   * add a few unlisted domains a day.
   */
  private final class Look {
    private final Instant now;
    private final Set<DomainName> admitted = new LinkedHashSet<>();
    private final Map<RejectionReason, Rejected> leftOut = new LinkedHashMap<>();
    private final Set<DomainName> givingWay = new LinkedHashSet<>();
    private int added;

    Look(Instant now) {
      this.now = now;
    }

    Admission at(List<Contribution> contribution) {
      // Named domains first: one report may speak of both kinds, and only one place may be left.
      contribution.stream()
          .sorted(Comparator.comparing(one -> standing(one.domain())))
          .forEach(
              one ->
                  refusal(one)
                      .ifPresentOrElse(
                          why -> leftOut.putIfAbsent(why.reason(), why),
                          () -> admitted.add(one.domain())));
      return new Admission(
          contribution.stream().filter(one -> admitted.contains(one.domain())).toList(),
          List.copyOf(leftOut.values()),
          givingWay);
    }

    private Optional<Rejected> refusal(Contribution contribution) {
      DomainState known = states.get(contribution.domain());
      if (known != null && !givingWay.contains(contribution.domain())) {
        return known.admits(contribution.reporter(), contribution.receivedAt(), limits.reporters())
            ? Optional.empty()
            : Optional.of(limits.reporterTooMany(contribution));
      }
      return standing(contribution.domain()) == DomainStanding.NAMED
          ? refusalOfNamed(contribution)
          : refusalOfUnlisted(contribution);
    }

    private Optional<Rejected> refusalOfNamed(Contribution contribution) {
      return hasRoom() || makeRoom(Instant.MAX)
          ? added()
          : Optional.of(limits.domainTooMany(contribution.domain()));
    }

    private Optional<Rejected> refusalOfUnlisted(Contribution contribution) {
      DomainName organisation = limits.reporters().organisationOf().apply(contribution.reporter());
      if (!newDomains.hasRoomFor(organisation, now)) {
        return Optional.of(limits.newDomainTooMany(contribution.domain(), organisation));
      }
      if (hasRoom() || makeRoom(now.minus(SILENCE_THAT_FREES_A_PLACE))) {
        newDomains.add(organisation);
        return added();
      }
      return Optional.of(limits.domainTooMany(contribution.domain()));
    }

    private Optional<Rejected> added() {
      added++;
      return Optional.empty();
    }

    /** Domains that are ours no longer take no place, but counting them costs a pass over all. */
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

    /**
     * Frees the place of the unlisted domain silent for longest, if it was last heard before a
     * time.
     */
    private boolean makeRoom(Instant heardBefore) {
      Queue<DomainState> longestSilentFirst = unlisted();
      while (!longestSilentFirst.isEmpty()
          && lastHeard(longestSilentFirst.element()).isBefore(heardBefore)) {
        DomainName silent = longestSilentFirst.remove().domain();
        if (!admitted.contains(silent)) {
          givingWay.add(silent);
          return true;
        }
        // This report speaks of that domain, so the domain keeps its place, though a later report
        // may take it. The queue has lost the domain: rebuild the queue next time.
        unlisted = Optional.empty();
      }
      return false;
    }

    private Queue<DomainState> unlisted() {
      Queue<DomainState> known =
          unlisted.orElseGet(
              () ->
                  states.values().stream()
                      .filter(
                          state ->
                              limits.standing().apply(state.domain()) == DomainStanding.UNLISTED)
                      .sorted(Comparator.comparing(Look::lastHeard))
                      .collect(Collectors.toCollection(ArrayDeque::new)));
      unlisted = Optional.of(known);
      return known;
    }

    private static Instant lastHeard(DomainState state) {
      return state.totals().lastReportTime().orElse(Instant.MIN);
    }

    /**
     * Every domain of a report is ours: if the list lacks it, the server has just begun to serve
     * it.
     */
    private DomainStanding standing(DomainName domain) {
      DomainStanding known = limits.standing().apply(domain);
      return known == DomainStanding.NOT_OURS ? DomainStanding.NAMED : known;
    }
  }
}
