// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store.postgresql;

import static java.util.Objects.requireNonNull;

import io.tlsrpt.figures.DomainState;
import io.tlsrpt.report.DomainName;
import io.tlsrpt.store.Node;
import io.tlsrpt.store.StoreHealth;
import io.tlsrpt.store.StoreRules;
import io.tlsrpt.store.StoreUnavailableException;
import io.tlsrpt.store.sql.Availability;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one session of a store with its database, opened when it is needed. A session that has failed
 * is closed, and the next use opens another; after a failure the database is tried once a second.
 * For one thread at a time, but for {@link #health}.
 */
final class Sessions {
  private static final Logger LOGGER = LoggerFactory.getLogger(Sessions.class);

  /** How often a transaction is done again that another server has outrun. */
  private static final int MOST_TRIES = 5;

  private static final int SHORTEST_PAUSE_MILLIS = 10;
  private static final int LONGEST_PAUSE_MILLIS = 100;

  private final PostgresqlDatabase database;
  private final StoreRules rules;
  private final Node node;
  private final InstantSource clock;
  private final ClockComparison clocks;
  private final Consumer<PostgresqlSession> opening;
  private final Availability availability;

  /** Empty before the first use, after a failure and once closed. */
  private Optional<PostgresqlSession> session = Optional.empty();

  private boolean closed;

  /**
   * Sessions with a database.
   *
   * @param opening is told of each new session, with all states read; the database cannot be used
   *     if it throws
   */
  Sessions(
      PostgresqlDatabase database,
      StoreRules rules,
      Node node,
      InstantSource clock,
      ClockComparison clocks,
      Consumer<PostgresqlSession> opening) {
    this.database = requireNonNull(database, "database");
    this.rules = requireNonNull(rules, "rules");
    this.node = requireNonNull(node, "node");
    this.clock = requireNonNull(clock, "clock");
    this.clocks = requireNonNull(clocks, "clocks");
    this.opening = requireNonNull(opening, "opening");
    this.availability = new Availability(clock);
  }

  /** Whether the database can be used, as far as the last use told. */
  StoreHealth health() {
    return availability.health();
  }

  /** Something done by a session. */
  interface Work<T> {
    T in(PostgresqlSession open) throws SQLException;
  }

  /** A transaction that can be done again. */
  interface Attempt<T> {
    T run() throws SQLException;
  }

  /**
   * Opens the database if it could not be used before.
   *
   * @return whether reports can be stored now
   */
  boolean recover() {
    if (health() instanceof StoreHealth.Available && session.isPresent()) {
      return true;
    }
    try {
      opened();
      endOutageByReading();
      return !clocks.isTooFarAhead();
    } catch (StoreUnavailableException e) {
      return false;
    }
  }

  /**
   * Does something with the session.
   *
   * @throws StoreUnavailableException if the database cannot be used now
   */
  <T> T use(Work<T> work) {
    PostgresqlSession open = opened();
    try {
      T result = work.in(open);
      endOutageByReading();
      return result;
    } catch (SQLException e) {
      if (Failure.of(e) == Failure.VALUES) {
        rollBackOrDrop(open);
        throw new IllegalStateException("the database does not take the values of a report", e);
      }
      drop();
      throw unavailable(e);
    } catch (RuntimeException | Error e) {
      rollBackOrDrop(open);
      throw e;
    }
  }

  /**
   * Ends an outage because the database could be read. That proves nothing of a disk that was full,
   * of which only a commit that writes can tell, nor does it put a clock right.
   */
  private void endOutageByReading() {
    if (!availability.isFull() && !clocks.isTooFarAhead()) {
      availability.succeeded();
    }
  }

  /** Ends any outage if a commit has changed domains. */
  void endOutageByWriting(List<DomainName> changed) {
    if (!changed.isEmpty()) {
      availability.succeeded();
    }
  }

  /**
   * Does a transaction again as long as another server is faster. Servers that start with an empty
   * database add domains at each commit: if they all do, the slowest may meet that many times.
   */
  static <T> T again(PostgresqlSession open, Attempt<T> attempt) throws SQLException {
    int tries = 1;
    while (true) {
      try {
        return attempt.run();
      } catch (SQLException e) {
        boolean leadsOn = e instanceof LostRaceException race && race.leadsOn();
        if (Failure.of(e) != Failure.LOST_RACE || (tries == MOST_TRIES && !leadsOn)) {
          throw e;
        }
        LOGGER.debug("Another server was faster: the transaction is done again", e);
        open.rollBack();
        if (!leadsOn) {
          tries++;
          pause();
        }
      }
    }
  }

  private static void pause() throws SQLException {
    try {
      Thread.sleep(
          ThreadLocalRandom.current().nextInt(SHORTEST_PAUSE_MILLIS, LONGEST_PAUSE_MILLIS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SQLException("interrupted while another server was faster", e);
    }
  }

  private void rollBackOrDrop(PostgresqlSession open) {
    try {
      open.rollBack();
    } catch (SQLException e) {
      LOGGER.debug("{} could not be rolled back", database, e);
      drop();
    }
  }

  /** The session; if there is none, a new one, which reads and shows all states. */
  private PostgresqlSession opened() {
    if (closed) {
      throw new StoreUnavailableException("the store is closed");
    }
    availability.checkLastFailure();
    if (session.isPresent()) {
      return session.get();
    }
    try {
      PostgresqlSession open = begin();
      session = Optional.of(open);
      return open;
    } catch (SQLException e) {
      throw unavailable(e);
    } catch (RuntimeException e) {
      throw unavailable(new SQLException("what is in it cannot be understood: " + e, e));
    }
  }

  private PostgresqlSession begin() throws SQLException {
    Connection connection = database.connect(node.name());
    try {
      PostgresqlSchema.OURS.bringUpToDate(connection);
      PostgresqlSession open =
          new PostgresqlSession(connection, rules.limits(), clocks, node.name());
      open.readAll();
      leaveOut(open);
      compareSettings(open);
      opening.accept(open);
      return open;
    } catch (SQLException | RuntimeException | Error e) {
      connection.close();
      throw e;
    }
  }

  /**
   * If a domain has reporters that are not counted any more, computes its current figures again
   * from the stored reports of its other reporters. Totals keep the reports of all.
   */
  private void leaveOut(PostgresqlSession open) throws SQLException {
    Instant now = clock.instant();
    Predicate<DomainState> isConcerned =
        state -> !state.reporters().keySet().stream().allMatch(rules.isCounted());
    List<DomainName> concerned =
        open.states().values().stream().filter(isConcerned).map(DomainState::domain).toList();
    for (DomainName domain : concerned) {
      again(
          open,
          () ->
              open.change(
                  Set.of(domain),
                  state ->
                      Optional.of(
                          isConcerned.test(state)
                              ? open.replay(domain, rules.isCounted(), now, rules.window())
                                  .withTotalsOf(state)
                              : state)));
    }
  }

  /** Warns of settings that another server has otherwise: both would change the same states. */
  private void compareSettings(PostgresqlSession open) throws SQLException {
    for (String difference : again(open, () -> open.transact(upkeep -> upkeep.compare(node)))) {
      LOGGER.warn("Servers that share {} should have the same settings: {}", database, difference);
    }
  }

  /** Begins or continues an outage. */
  private StoreUnavailableException unavailable(SQLException e) {
    String error = database + ": " + FailureText.of(e);
    availability.failed(error, Failure.of(e) == Failure.FULL, e);
    return new StoreUnavailableException(error, e);
  }

  /** Ends the session; the next use begins another. */
  void drop() {
    session.ifPresent(
        open -> {
          try {
            open.close();
          } catch (SQLException e) {
            LOGGER.debug("{} could not be closed in order", database, e);
          }
        });
    session = Optional.empty();
  }

  /** Closes the session; the database is not used any more. */
  void close() {
    closed = true;
    drop();
  }
}
