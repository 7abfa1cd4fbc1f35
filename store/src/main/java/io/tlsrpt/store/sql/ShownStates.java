// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store.sql;

import static java.util.Objects.requireNonNull;

import io.tlsrpt.figures.DomainState;
import io.tlsrpt.report.DomainName;
import io.tlsrpt.store.StateChange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The committed states, as everybody sees them. Read by any thread without waiting; changed by one
 * thread at a time.
 */
public final class ShownStates {
  private static final Logger LOGGER = LoggerFactory.getLogger(ShownStates.class);

  private final Map<DomainName, DomainState> states = new ConcurrentHashMap<>();
  private volatile Instant lastReceipt = Instant.EPOCH;
  private volatile Consumer<StateChange> listener = change -> {};

  /** The state of a domain: that of no reports, if none is known. */
  public DomainState state(DomainName domain) {
    return states.getOrDefault(domain, DomainState.of(domain));
  }

  /** The states of all domains. */
  public Collection<DomainState> all() {
    return List.copyOf(states.values());
  }

  /** The latest receipt of any report that is counted. */
  public Instant lastReceipt() {
    return lastReceipt;
  }

  /** Sets who is told of changes by reports. */
  public void listen(Consumer<StateChange> to) {
    listener = requireNonNull(to, "to");
  }

  /**
   * Shows committed states and tells the listener. The commit stands also if that fails.
   *
   * @param changed the domains to show; those without a state are shown no more
   * @param committed the states of all domains
   * @param reported each change that a report has made, in order
   * @return whether it succeeded; if not, all states must be read and shown again
   */
  public boolean publish(
      List<DomainName> changed,
      Map<DomainName, DomainState> committed,
      List<StateChange> reported) {
    try {
      boolean isCorrected = false;
      for (DomainName domain : changed) {
        DomainState state = committed.get(domain);
        if (state == null) {
          states.remove(domain);
        } else {
          isCorrected |= show(state);
        }
      }
      if (isCorrected) {
        findLastReceipt();
      }
      reported.forEach(listener);
      return true;
    } catch (RuntimeException | Error e) {
      LOGGER.error(
          "The figures of {} are stored but cannot be shown, and are read again", changed, e);
      return false;
    }
  }

  /**
   * Shows these states and no others.
   *
   * @return the domains of which another state was shown, or none, or that are shown no more
   */
  public List<DomainName> showOnly(Map<DomainName, DomainState> all) {
    boolean isCorrected = false;
    List<DomainName> changed = new ArrayList<>();
    states.keySet().stream().filter(domain -> !all.containsKey(domain)).forEach(changed::add);
    states.keySet().retainAll(all.keySet());
    for (DomainState state : all.values()) {
      if (!state.equals(states.get(state.domain()))) {
        changed.add(state.domain());
        isCorrected |= show(state);
      }
    }
    if (isCorrected) {
      findLastReceipt();
    }
    return changed;
  }

  /** Finds the latest receipt again, since it may have lain ahead of the clock. */
  public void findLastReceipt() {
    lastReceipt =
        states.values().stream()
            .map(ShownStates::receipt)
            .reduce(Instant.EPOCH, ShownStates::later);
  }

  /** Shows a state; whether its latest receipt is earlier than before, having lain ahead. */
  private boolean show(DomainState state) {
    DomainState before = states.put(state.domain(), state);
    lastReceipt = later(lastReceipt, receipt(state));
    return before != null && receipt(state).isBefore(receipt(before));
  }

  private static Instant receipt(DomainState state) {
    return state.totals().lastReportTime().orElse(Instant.EPOCH);
  }

  private static Instant later(Instant one, Instant other) {
    return one.isBefore(other) ? other : one;
  }
}
