// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store;

import io.tlsrpt.figures.DomainState;
import io.tlsrpt.figures.history.ReportHistory;
import io.tlsrpt.report.DomainName;
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
 *
 * {@snippet :
 * ReportStore store = DatabaseUrl.in(directory).open(rules, node, clock);
 * List<StoreOutcome> outcomes = store.commit(reportsOfAMail);
 * DomainFigures figures = store.domain(domain).figures(clock.instant(), rules);
 * }
 *
 * <p>Stores of several processes may share a database. Then {@link #domain} may be some seconds
 * behind the commits of others, {@link #listen} tells of the store's own commits only, and each
 * process may call {@link #deleteReports}.
 */
public interface ReportStore extends ReportHistory, KnownKeyStore, ImportTarget, AutoCloseable {

  /**
   * Commits the reports of a mail with all that they add, all together or none of them. When this
   * returns they outlive the process, and {@link #domain} gives the states after them.
   *
   * @return an outcome for each, in order
   * @throws StoreUnavailableException if the store cannot be written now; nothing has changed
   */
  List<StoreOutcome> commit(List<NewReport> mail);

  /**
   * Sets the listener that is told of each change that a report makes to a state, after the commit
   * and in the order of commits. Other commits wait for the listener, so it must return at once.
   */
  void listen(Consumer<StateChange> listener);

  /** The state of a domain: that of no reports, if none is known. */
  DomainState domain(DomainName domain);

  /** The states of all domains that are known. */
  Collection<DomainState> domains();

  /** Another number each time that {@link #domain} gives another state. Returns at once. */
  long revision();

  /**
   * The latest receipt of any report that is counted. It lies ahead if our clock was ahead then.
   */
  Instant lastReceipt();

  /**
   * Replaces every remembered time of receipt that lies ahead by {@code now}. For the case that our
   * clock was ahead and has been put right.
   *
   * @throws StoreUnavailableException if the store cannot be written now
   */
  void believe(Instant now);

  /**
   * Whether other processes may commit to the same database. If so, {@link #refresh} has to be
   * called every few seconds.
   */
  boolean isShared();

  /**
   * Reads what other processes have committed since the last time; {@link #domain} gives it then.
   *
   * @return the domains whose states have changed
   * @throws StoreUnavailableException if the store cannot be read now
   */
  List<DomainName> refresh();

  /**
   * Whether this process committed the newest state of a domain. Only that process tells of what
   * time alone brings about, so that each event is told once. Returns at once.
   */
  boolean isOwn(DomainName domain);

  /**
   * In what way this server's clock and the database's differ; empty if they agree or the database
   * has no clock of its own. Returns at once.
   */
  Optional<String> clockError();

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
   * The latest end of a range that any of the thousand newest reports states; empty if none of them
   * states a range. By the clocks of the senders it is at least this late, so our clock can be
   * checked against it. Times of receipt would not do for that, since our clock wrote them.
   *
   * @throws StoreUnavailableException if the store cannot be used now
   */
  Optional<Instant> latestRangeEnd();

  /**
   * Deletes old reports. Totals do not shrink, and a deleted report that comes again is still
   * recognised.
   *
   * @param atMost the most to delete at once, so that commits do not wait for long
   * @return how many were deleted; if fewer than {@code atMost}, none is left
   * @throws StoreUnavailableException if the store cannot be written now
   */
  int deleteReports(Instant receivedBefore, int atMost);

  /**
   * Forgets the identities of deleted reports whose range ended before a day. Such a report would
   * count as new if it came again.
   *
   * @param atMost the most to forget at once
   * @return how many were forgotten
   * @throws StoreUnavailableException if the store cannot be written now
   */
  int deleteIdentities(LocalDate endedBefore, int atMost);

  /**
   * Forgets failures last seen, and reporters last heard, before a time. Forgets domains that are
   * ours no longer if no report about them came since that time, and domains that no list names if
   * no report about them came for 35 days.
   *
   * @return the domains that have changed, those forgotten among them
   * @throws StoreUnavailableException if the store cannot be written now
   */
  List<DomainName> forget(
      Instant before, Instant now, Function<DomainName, DomainStanding> standing);

  @Override
  void close();
}
