// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store.fold;

import io.tlsrpt.figures.DomainState;
import io.tlsrpt.report.DomainName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The states of all domains as a transaction sees them: those of the database, and over them what
 * the transaction has changed. For one thread at a time.
 */
public final class DomainStates {
  private final Map<DomainName, DomainState> states = new HashMap<>();
  private final Map<DomainName, DomainState> view = Collections.unmodifiableMap(states);

  /** The state in the database of each domain whose state the transaction has changed. */
  private final Map<DomainName, Optional<DomainState>> stored = new LinkedHashMap<>();

  /**
   * What a transaction has done to the state of a domain.
   *
   * @param before in the database; that of no reports if it has none
   * @param after empty if the state is to be deleted
   */
  public record Change(DomainState before, Optional<DomainState> after) {}

  /** The states with the changes of the transaction; a view. */
  public Map<DomainName, DomainState> view() {
    return view;
  }

  /** The state of a domain: that of no reports, if none is known. */
  DomainState get(DomainName domain) {
    DomainState state = states.get(domain);
    return state == null ? DomainState.of(domain) : state;
  }

  /** All states, as they are now. */
  public Collection<DomainState> all() {
    return List.copyOf(states.values());
  }

  /** Takes a state as the database has it; empty if it has none. No change of the transaction. */
  public void read(DomainName domain, Optional<DomainState> state) {
    state.ifPresentOrElse(present -> states.put(domain, present), () -> states.remove(domain));
  }

  /** Changes a state. */
  public void put(DomainState after) {
    DomainState before = states.put(after.domain(), after);
    // Only the first change of a transaction knows the state in the database.
    stored.putIfAbsent(after.domain(), Optional.ofNullable(before));
  }

  /** Removes a state. */
  public void remove(DomainName domain) {
    DomainState before = states.remove(domain);
    if (before != null) {
      stored.putIfAbsent(domain, Optional.of(before));
    }
  }

  /** The domains whose states the transaction has changed, in the order of their first change. */
  public List<DomainName> changed() {
    return List.copyOf(stored.keySet());
  }

  /** What the transaction has changed, in the order of first changes. */
  public List<Change> changes() {
    List<Change> changes = new ArrayList<>();
    stored.forEach(
        (domain, before) ->
            changes.add(
                new Change(
                    before.orElseGet(() -> DomainState.of(domain)),
                    Optional.ofNullable(states.get(domain)))));
    return changes;
  }

  /** The database has the changes now. */
  public void committed() {
    stored.clear();
  }

  /** The database has none of the changes. */
  public void rolledBack() {
    stored.forEach(this::read);
    stored.clear();
  }
}
