// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store;

import io.tlsrpt.figures.DomainState;
import io.tlsrpt.figures.ReportHistory;
import io.tlsrpt.report.PolicyDomain;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Remembers reports, each one once, and the states of their domains. May be used by many threads at
 * once; commits happen one after the other, and reading waits for none of them.
 */
public interface ReportStore extends ReportHistory, AutoCloseable {

  /**
   * Commits the reports of a mail with all that they add, all together or none of them. When this
   * returns they outlive the process, and {@link #domain} gives the states after them.
   *
   * @return an outcome for each, in order
   * @throws StoreUnavailableException if the store cannot be written now; nothing has changed
   */
  List<StoreOutcome> commit(List<NewReport> mail);

  /**
   * Has a listener told of each change that a report makes to a state, once it is committed and in
   * the order of commits. Others wait meanwhile, so it must return at once.
   */
  void listen(Consumer<StateChange> listener);

  /** The state of a domain: that of no reports, if none is known. */
  DomainState domain(PolicyDomain domain);

  /** The states of all domains that are known. */
  Collection<DomainState> domains();

  /** The latest receipt of any report that is counted: time is not before it. */
  Instant lastReceipt();

  /** Whether it can be used, as far as the last attempt told. */
  StoreHealth health();

  /**
   * Opens the store if it could not be used before; does nothing if it can.
   *
   * @return whether it can be used now
   */
  boolean recover();

  /**
   * Deletes old reports; totals do not shrink.
   *
   * @param atMost so many, so that commits do not wait for long
   * @return how many were deleted; fewer than {@code atMost}: there are no more
   * @throws StoreUnavailableException if the store cannot be written now
   */
  int deleteReports(Instant receivedBefore, int atMost);

  /**
   * Forgets failures that were seen last before a time, and domains that are not ours any more and
   * of which nothing has been heard since.
   *
   * @return the domains that have changed, those forgotten among them
   * @throws StoreUnavailableException if the store cannot be written now
   */
  List<PolicyDomain> forget(Instant before, Predicate<PolicyDomain> ours);

  @Override
  void close();
}
