// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.receiver;

import static java.util.Objects.requireNonNull;

import io.tlsrpt.figures.DomainEvent;
import io.tlsrpt.figures.DomainState;
import io.tlsrpt.figures.FiguresRules;
import io.tlsrpt.figures.ReceiptClock;
import io.tlsrpt.report.PolicyDomain;
import io.tlsrpt.store.StateChange;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices what begins and what ends in domains, by reports and by time alone, and tells it on a
 * thread of its own: once, and in order. Changes wait for that thread in bounded memory; should
 * there be too many, it notices at its next look what has become of them all.
 */
final class DomainWatch implements AutoCloseable {
  private static final Logger LOGGER = LoggerFactory.getLogger(DomainWatch.class);

  private static final Duration LAST_WORDS = Duration.ofSeconds(2);
  private static final int MAX_WAITING = 1_000;

  private final Supplier<Collection<DomainState>> states;
  private final FiguresRules rules;
  private final InstantSource clock;
  private final Duration betweenLooks;
  private final BiConsumer<DomainEvent, DomainState> listener;
  private final BlockingQueue<StateChange> changes = new ArrayBlockingQueue<>(MAX_WAITING);

  /** How domains were before a change for which there was no room. */
  private final Map<PolicyDomain, DomainState> missed = new ConcurrentHashMap<>();

  private final Thread thread;
  private volatile boolean closed;

  /** What was seen of each domain last: of the one thread, once it runs. */
  private final Map<PolicyDomain, Look> looks = new HashMap<>();

  private Instant latest = Instant.MIN;

  /**
   * Makes a watch that has yet to be started.
   *
   * @param states the newest states of the domains that are shown
   * @param betweenLooks how long what time alone brings about may go unnoticed
   * @param listener is told of events, and of the state after each
   */
  DomainWatch(
      Supplier<Collection<DomainState>> states,
      FiguresRules rules,
      InstantSource clock,
      Duration betweenLooks,
      BiConsumer<DomainEvent, DomainState> listener) {
    this.states = requireNonNull(states, "states");
    this.rules = requireNonNull(rules, "rules");
    this.clock = requireNonNull(clock, "clock");
    this.betweenLooks = requireNonNull(betweenLooks, "betweenLooks");
    this.listener = requireNonNull(listener, "listener");
    this.thread = Thread.ofPlatform().daemon().name("tlsrpt-notifications").unstarted(this::run);
  }

  /** Begins; what is so already is not told. */
  void start() {
    Instant time = now();
    states.get().forEach(state -> looks.put(state.domain(), new Look(state, time)));
    thread.start();
  }

  /** A report has changed a state; returns at once. */
  void changed(StateChange change) {
    if (!changes.offer(change)) {
      // The next look at all notices it; of a domain that is new then, from here on.
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
          look(next);
        } else {
          lastLook = System.nanoTime();
          lookAtAll();
        }
      } catch (InterruptedException e) {
        // Closing: what waits is told, and then it ends.
      } catch (Throwable e) {
        // Anything that got out would end all notifications.
        LOGGER.error("Domains could not be looked at", e);
      }
    }
  }

  /** A change that a look at all has overtaken tells nothing; totals only grow. */
  private void look(StateChange change) {
    DomainState after = change.after();
    Look last = looks.getOrDefault(after.domain(), new Look(change.before(), now()));
    if (after.totals().reports() >= last.state().totals().reports()) {
      look(last, after);
    }
  }

  /** What time alone has brought about, and what there was no room for. */
  private void lookAtAll() {
    Map<PolicyDomain, DomainState> present = new HashMap<>();
    states.get().forEach(state -> present.put(state.domain(), state));
    looks.keySet().retainAll(present.keySet());
    present.values().forEach(this::lookAgain);
  }

  private void lookAgain(DomainState state) {
    PolicyDomain domain = state.domain();
    Optional<DomainState> before = Optional.ofNullable(missed.remove(domain));
    if (looks.containsKey(domain) || before.isPresent() || !isAboutToBeTold(domain)) {
      // What is shown late, as when the database was locked at the start, has not begun now.
      look(looks.getOrDefault(domain, new Look(before.orElse(state), now())), state);
    }
  }

  private boolean isAboutToBeTold(PolicyDomain domain) {
    return changes.stream().anyMatch(change -> change.after().domain().equals(domain));
  }

  private void look(Look last, DomainState after) {
    Look next = new Look(after, now());
    looks.put(after.domain(), next);
    for (DomainEvent event :
        DomainEvent.between(last.state(), last.time(), after, next.time(), rules)) {
      tell(event, after);
    }
  }

  private void tell(DomainEvent event, DomainState after) {
    try {
      listener.accept(event, after);
    } catch (Throwable e) {
      // A listener's fault is not the other events'.
      LOGGER.error("{} could not be told", event, e);
    }
  }

  /** Goes back only from a time that was wrong. */
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
        LOGGER.warn("A listener to notifications of TLS reports does not return");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private record Look(DomainState state, Instant time) {}
}
