// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.receiver;

import static java.util.Objects.requireNonNull;

import io.tlsrpt.figures.DomainState;
import io.tlsrpt.figures.FiguresRules;
import io.tlsrpt.figures.ReceiptClock;
import io.tlsrpt.figures.event.DomainEvent;
import io.tlsrpt.report.DomainName;
import io.tlsrpt.store.StateChange;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices what begins and ends in domains, because of a report or because time has passed. Tells
 * each event once and in order, on a thread of its own. Changes wait for that thread in a bounded
 * queue. A change that finds the queue full is noticed by the next scan of all domains.
 */
final class DomainMonitor implements AutoCloseable {
  private static final Logger LOGGER = LoggerFactory.getLogger(DomainMonitor.class);

  /** How long {@link #close} waits for a listener. */
  private static final Duration LAST_WORDS = Duration.ofSeconds(2);

  private static final int MAX_WAITING = 1_000;

  private final Supplier<Collection<DomainState>> states;
  private final Predicate<DomainName> isOwn;
  private final FiguresRules rules;
  private final InstantSource clock;
  private final Duration betweenLooks;
  private final BiConsumer<DomainEvent, DomainState> listener;
  private final BlockingQueue<StateChange> changes = new ArrayBlockingQueue<>(MAX_WAITING);

  /** The state of a domain before the first change that found the queue full. */
  private final Map<DomainName, DomainState> missed = new ConcurrentHashMap<>();

  private final Thread thread;
  private volatile boolean closed;

  /** The last look at each domain. Used by the one thread only, once that runs. */
  private final Map<DomainName, Snapshot> snapshots = new HashMap<>();

  private Instant latest = Instant.MIN;

  /**
   * Makes a watch; call {@link #start} to begin.
   *
   * @param states the newest states of the domains that are shown
   * @param isOwn whether this server committed the newest state of a domain; of other domains
   *     another server tells what time alone causes
   * @param betweenLooks the pause between scans, which notice events that time alone causes
   * @param listener is told of events, and of the state after each
   */
  DomainMonitor(
      Supplier<Collection<DomainState>> states,
      Predicate<DomainName> isOwn,
      FiguresRules rules,
      InstantSource clock,
      Duration betweenLooks,
      BiConsumer<DomainEvent, DomainState> listener) {
    this.states = requireNonNull(states, "states");
    this.isOwn = requireNonNull(isOwn, "isOwn");
    this.rules = requireNonNull(rules, "rules");
    this.clock = requireNonNull(clock, "clock");
    this.betweenLooks = requireNonNull(betweenLooks, "betweenLooks");
    this.listener = requireNonNull(listener, "listener");
    this.thread = Thread.ofPlatform().daemon().name("tlsrpt-notifications").unstarted(this::run);
  }

  /** Starts watching. Failures that are active already are not told. */
  void start() {
    Instant time = now();
    states.get().forEach(state -> snapshots.put(state.domain(), new Snapshot(state, time)));
    thread.start();
  }

  /** A report has changed a state; returns at once. */
  void changed(StateChange change) {
    if (!changes.offer(change)) {
      // Queue full: the next scan needs the state before if it has not seen this domain yet.
      missed.putIfAbsent(change.after().domain(), change.before());
    }
  }

  private void run() {
    long lastLook = System.nanoTime();
    while (!closed || !changes.isEmpty()) {
      try {
        long wait = betweenLooks.toNanos() - (System.nanoTime() - lastLook);
        StateChange next = changes.poll(Math.max(wait, 0), TimeUnit.NANOSECONDS);
        if (next != null) {
          announce(next);
        } else {
          lastLook = System.nanoTime();
          scan();
        }
      } catch (InterruptedException e) {
        // Interrupted by close(): the loop works off the queue and then ends.
      } catch (Throwable e) {
        // An exception that left this loop would end all notifications.
        LOGGER.error("Domains could not be checked for changes to notify of", e);
      }
    }
  }

  /**
   * Drops a change older than the last look at its domain. Totals only grow, so they order states.
   * If another server has changed the domain since that look, it has told what came of it: then the
   * state before the change is newer than the last look, and is what the change is compared with.
   */
  private void announce(StateChange change) {
    DomainState after = change.after();
    Snapshot before = new Snapshot(change.before(), now());
    Snapshot last = snapshots.getOrDefault(after.domain(), before);
    if (reports(after) >= reports(last.state())) {
      announce(reports(change.before()) > reports(last.state()) ? before : last, after);
    }
  }

  private static long reports(DomainState state) {
    return state.totals().reports();
  }

  /**
   * Scans all domains for events that time alone causes, and for changes that found the queue full.
   * Domains with a change in the queue are left to that change.
   */
  private void scan() {
    Set<DomainName> queued =
        changes.stream().map(change -> change.after().domain()).collect(Collectors.toSet());
    Map<DomainName, DomainState> present = new HashMap<>();
    states.get().forEach(state -> present.put(state.domain(), state));
    snapshots.keySet().retainAll(present.keySet());
    present.values().stream()
        .filter(state -> !queued.contains(state.domain()))
        .forEach(this::compareWithPresent);
  }

  /**
   * Compares a domain with its last look, or with its state before a change that found the queue
   * full. A domain with neither was shown late (the database was locked at the start), and one that
   * another server has changed is told by that server: take the failures of both as known.
   */
  private void compareWithPresent(DomainState state) {
    DomainName domain = state.domain();
    Optional<DomainState> before = Optional.ofNullable(missed.remove(domain));
    if (isOwn.test(domain)) {
      // Without a state before, the domain is compared with itself, and no event is told.
      announce(snapshots.getOrDefault(domain, new Snapshot(before.orElse(state), now())), state);
    } else {
      snapshots.put(domain, new Snapshot(state, now()));
    }
  }

  private void announce(Snapshot last, DomainState after) {
    Snapshot next = new Snapshot(after, now());
    snapshots.put(after.domain(), next);
    for (DomainEvent event :
        DomainEvent.between(last.state(), last.time(), after, next.time(), rules)) {
      tell(event, after);
    }
  }

  private void tell(DomainEvent event, DomainState after) {
    try {
      listener.accept(event, after);
    } catch (Throwable e) {
      // A listener that fails must not keep the other events from being told.
      LOGGER.error("Listeners could not be notified of {}", event, e);
    }
  }

  /** The clock. It goes back only if its earlier time was far ahead and therefore wrong. */
  private Instant now() {
    latest = ReceiptClock.now(clock.instant(), latest);
    return latest;
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    try {
      if (thread.isAlive() && !thread.join(LAST_WORDS)) {
        LOGGER.warn("A listener for notifications of TLS reports has not returned in time");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private record Snapshot(DomainState state, Instant time) {}
}
