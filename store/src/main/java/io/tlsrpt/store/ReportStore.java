// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store;

import io.tlsrpt.figures.DomainState;
import io.tlsrpt.figures.history.ReportHistory;
import io.tlsrpt.report.PolicyDomain;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Remembers reports, each one once, and the states of their domains. May be used by many threads at
 * once; commits happen one after the other, and reading waits for none of them.
 */
public interface ReportStore extends ReportHistory, KnownKeyStore, AutoCloseable {

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

  /** The latest receipt of any report that is counted; a clock that was ahead may be its cause. */
  Instant lastReceipt();

  /**
   * Has every time of receipt that is remembered, and lies ahead, be now: an earlier clock was
   * wrong.
   *
   * @throws StoreUnavailableException if the store cannot be written now
   */
  void believe(Instant now);

  /** Whether it can be used, as far as the last attempt told. */
  StoreHealth health();

  /**
   * Opens the store if it could not be used before; does nothing if it can.
   *
   * @return whether it can be used now
   */
  boolean recover();

  /**
   * How many reports are kept.
   *
   * @throws StoreUnavailableException if the store cannot be used now
   */
  long reports();

  /**
   * The latest end of a range that a report states, among the thousand that came last; empty if
   * none of them states one. The clocks of their senders tell by it what time it is, at least: ours
   * may be ahead, and may have been when they came.
   *
   * @throws StoreUnavailableException if the store cannot be used now
   */
  Optional<Instant> latestRangeEnd();

  /**
   * Deletes old reports; totals do not shrink, and a report that comes again is known as before.
   *
   * @param atMost so many, so that commits do not wait for long
   * @return how many were deleted; fewer than {@code atMost}: there are no more
   * @throws StoreUnavailableException if the store cannot be written now
   */
  int deleteReports(Instant receivedBefore, int atMost);

  /**
   * Forgets reports that were deleted and whose range ended before a day: should they come again,
   * they would be new.
   *
   * @param atMost so many
   * @return how many were forgotten
   * @throws StoreUnavailableException if the store cannot be written now
   */
  int deleteIdentities(LocalDate endedBefore, int atMost);

  /**
   * Forgets failures that were seen last before a time, reporters that were heard last before it,
   * domains that are not ours any more and of which nothing has been heard since, and domains that
   * are ours by a pattern only and of which nothing has been heard for 35 days.
   *
   * @return the domains that have changed, those forgotten among them
   * @throws StoreUnavailableException if the store cannot be written now
   */
  List<PolicyDomain> forget(
      Instant before, Instant now, Function<PolicyDomain, DomainStanding> standing);

  @Override
  void close();
}
