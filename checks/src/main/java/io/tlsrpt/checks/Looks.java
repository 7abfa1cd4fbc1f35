// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.checks;

import static java.util.Objects.requireNonNull;

import io.tlsrpt.checks.judgement.HostSight;
import io.tlsrpt.figures.posture.LookRefusedException;
import io.tlsrpt.figures.posture.MxPosture;
import io.tlsrpt.figures.posture.Posture;
import io.tlsrpt.figures.posture.PostureListener;
import io.tlsrpt.figures.posture.Postures;
import io.tlsrpt.figures.posture.Seen;
import io.tlsrpt.report.DomainName;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at domains and MX hosts, each now and then, a few at once. It does not run by itself:
 * {@link #tick} begins a look if one is due, and {@link #align} takes in which domains there are.
 * Thread-safe.
 */
final class Looks implements Postures {
  private static final Logger LOGGER = LoggerFactory.getLogger(Looks.class);

  private static final Duration FIRST = Duration.ofMinutes(1);
  private static final Duration BETWEEN_FIRST = Duration.ofMillis(500);
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final Duration SECOND_LOOK = Duration.ofMinutes(10);
  private static final Duration BY_HAND = Duration.ofMinutes(1);
  private static final Duration BETWEEN_STACKS = Duration.ofHours(1);

  /** Of answers about MX hosts, when a domain is looked at a second time. */
  private static final Duration AGE_IN_DOUBT = Duration.ofMinutes(1);

  private static final int AT_ONCE = 4;

  private final CheckSettings settings;
  private final CheckedDomains domains;
  private final LookBook book;
  private final OwnHosts ownHosts;
  private final Eyes eyes;
  private final Executor threads;
  private final InstantSource clock;
  private final LookSchedule schedule = new LookSchedule();
  private final AtomicInteger running = new AtomicInteger();
  private volatile Optional<Boolean> validates = Optional.empty();
  private volatile Instant lastStack = Instant.MIN;

  /**
   * Looks that have not begun.
   *
   * @param ownHosts is told which MX hosts are at addresses of ours
   * @param threads on which looks run
   */
  Looks(
      CheckSettings settings,
      CheckedDomains domains,
      PostureListener listener,
      OwnHosts ownHosts,
      Eyes eyes,
      Executor threads,
      InstantSource clock) {
    this.settings = requireNonNull(settings, "settings");
    this.domains = requireNonNull(domains, "domains");
    this.book = new LookBook(settings, listener);
    this.ownHosts = requireNonNull(ownHosts, "ownHosts");
    this.eyes = requireNonNull(eyes, "eyes");
    this.threads = requireNonNull(threads, "threads");
    this.clock = requireNonNull(clock, "clock");
  }

  /** Takes in which domains and hosts there are now; to be called each minute or so. */
  void align() {
    Instant now = clock.instant();
    Set<DomainName> ours = new HashSet<>(domains.all());
    for (DomainName known : book.domainNames()) {
      if (!ours.contains(known)) {
        book.remove(known);
        schedule.remove(new Subject.OfDomain(known));
      }
    }
    addAll(ours.stream().filter(domain -> book.domain(domain).isEmpty()).toList(), now);
    alignHosts(now);
  }

  /**
   * In random order, and as fast as looks can begin: if all were due at once, whatever becomes due
   * later, an MX host or a look that is hurried, would wait for thousands of them.
   */
  private void addAll(List<DomainName> fresh, Instant now) {
    List<DomainName> shuffled = new ArrayList<>(fresh);
    Collections.shuffle(shuffled, ThreadLocalRandom.current());
    Instant first = now.plus(FIRST);
    for (DomainName domain : shuffled) {
      book.add(WatchedDomain.before(domain, settings, now, first));
      schedule.add(new Subject.OfDomain(domain), first);
      first = first.plus(BETWEEN_FIRST);
    }
  }

  private void alignHosts(Instant now) {
    Set<DomainName> before = settings.looksAtHosts() ? book.hostNames() : Set.of();
    Set<DomainName> hosts = book.alignHosts(now);
    eyes.retain(hosts);
    if (settings.looksAtHosts()) {
      before.stream()
          .filter(host -> !hosts.contains(host))
          .forEach(host -> schedule.remove(new Subject.OfHost(host)));
      hosts.forEach(host -> schedule.add(new Subject.OfHost(host), now));
    }
  }

  /** Begins one look, if one is due and not too many run; to be called twice a second. */
  void tick() {
    if (running.get() < AT_ONCE) {
      schedule.take(clock.instant()).ifPresent(this::begin);
    }
  }

  private void begin(Subject subject) {
    running.incrementAndGet();
    try {
      threads.execute(
          () -> {
            try {
              look(subject);
            } finally {
              running.decrementAndGet();
            }
          });
    } catch (RejectedExecutionException e) {
      // Closed meanwhile.
      running.decrementAndGet();
    }
  }

  private void look(Subject subject) {
    Instant next = clock.instant().plus(SECOND_LOOK);
    try {
      next =
          switch (subject) {
            case Subject.OfDomain(DomainName domain) -> lookAtDomain(domain);
            case Subject.OfHost(DomainName host) -> lookAtHost(host);
          };
    } catch (Throwable e) {
      // As of a listener. A look by hand has more subjects to look at.
      logOnceAnHour(subject.name(), e);
    } finally {
      // A subject that left the schedule would never be looked at again.
      schedule.done(subject, next);
    }
  }

  /** What a look sees, or that it failed: then the fault is ours, and nothing is known. */
  private <T> T safely(DomainName subject, Supplier<T> look, T failed) {
    try {
      return look.get();
    } catch (Throwable e) {
      logOnceAnHour(subject, e);
      return failed;
    }
  }

  private Instant lookAtDomain(DomainName domain) {
    boolean inDoubt =
        book.domain(domain)
            .filter(
                its -> its.isInDoubt() || ownHosts.awaitSecondLook(its.hosts(), clock.instant()))
            .isPresent();
    Duration maxAge = inDoubt ? AGE_IN_DOUBT : settings.interval().dividedBy(2);
    DomainSight sight =
        safely(
            domain,
            () -> eyes.lookAt(domain, domains.reported(domain), maxAge),
            DomainSight.failed());
    validates = eyes.resolverValidates();
    Instant now = clock.instant();
    book.seen(domain, sight, now);
    Instant next =
        book.domain(domain)
            .flatMap(watched -> watched.posture().nextLook())
            .orElse(now.plus(settings.interval()));
    Instant second = now.plus(Pauses.second(domain));
    return rememberOwnHosts(domain, sight, now) && second.isBefore(next) ? second : next;
  }

  /**
   * Remembers which MX hosts are at addresses of ours. If a host is itself a domain that is looked
   * at, it is ours already and is left out.
   *
   * @return whether a second look should follow soon
   */
  private boolean rememberOwnHosts(DomainName domain, DomainSight sight, Instant now) {
    List<DomainName> hosts =
        sight.ownHosts().stream().filter(host -> book.domain(host).isEmpty()).toList();
    return book.domain(domain).isPresent() && ownHosts.seen(domain, hosts, now);
  }

  private Instant lookAtHost(DomainName host) {
    HostSight sight =
        safely(
            host,
            () -> eyes.lookAtHost(host, book.isPolicyInForce(host)),
            HostSight.all(Seen.unknown("the look failed; the log says why")));
    book.seen(host, sight, clock.instant());
    Instant now = clock.instant();
    return now.plus(
        book.host(host).filter(WatchedHost::isInDoubt).isPresent()
            ? Pauses.second(host)
            : Pauses.usual(settings.interval(), host));
  }

  private void logOnceAnHour(DomainName subject, Throwable e) {
    Instant now = clock.instant();
    if (!Ages.isRecent(lastStack, BETWEEN_STACKS, now)) {
      lastStack = now;
      LOGGER.error("A look at {} failed", subject, e);
    }
  }

  /** A failure has started: looks at the domain and its hosts within a minute. */
  void hurry(DomainName domain) {
    Instant soon = clock.instant().plus(SOON);
    if (book.host(domain).isPresent()) {
      // Reports about TLSA policies name the MX host.
      eyes.forget(List.of(domain));
      schedule.hurry(new Subject.OfHost(domain), soon);
    }
    schedule.hurry(new Subject.OfDomain(domain), soon);
    List<DomainName> hosts = book.domain(domain).map(WatchedDomain::hosts).orElse(List.of());
    eyes.forget(hosts);
    hosts.forEach(host -> schedule.hurry(new Subject.OfHost(host), soon));
  }

  @Override
  public Set<Level> levels() {
    return settings.levels();
  }

  @Override
  public Optional<Posture> domain(DomainName domain) {
    return book.domain(domain).map(WatchedDomain::posture);
  }

  @Override
  public Collection<Posture> domains() {
    return book.postures();
  }

  @Override
  public Optional<MxPosture> host(String host) {
    return book.host(host).map(WatchedHost::posture);
  }

  @Override
  public Collection<MxPosture> hosts() {
    return book.shownHosts();
  }

  @Override
  public long hostCount() {
    return book.hostCount();
  }

  @Override
  public Set<DomainName> ownHosts() {
    return ownHosts.names();
  }

  @Override
  public Optional<Boolean> resolverValidates() {
    // Not asked now: an answer may take seconds, and a scrape waits for this.
    return validates;
  }

  @Override
  public Optional<Instant> lastLook() {
    return book.lastLook();
  }

  @Override
  public Optional<Posture> look(DomainName domain) throws LookRefusedException {
    Optional<WatchedDomain> watched = book.domain(domain);
    if (watched.isPresent()) {
      Subject subject = new Subject.OfDomain(domain);
      Instant now = clock.instant();
      if (isJustLookedAt(subject, now) || !schedule.takeNow(subject, now)) {
        throw new LookRefusedException(
            domain + " was looked at less than a minute ago, or is looked at now; ask again later");
      }
      await(new FutureTask<>(() -> lookByHand(subject, watched.get().hosts(), now), domain));
    }
    return domain(domain);
  }

  private void lookByHand(Subject domain, List<DomainName> hosts, Instant now) {
    // Whoever has mended a record wants to see it.
    eyes.forget(hosts);
    for (DomainName host : hosts) {
      Subject subject = new Subject.OfHost(host);
      if (!isJustLookedAt(subject, now) && schedule.takeNow(subject, now)) {
        look(subject);
      }
    }
    look(domain);
  }

  private boolean isJustLookedAt(Subject subject, Instant now) {
    return schedule
        .lastBegun(subject)
        .filter(last -> Ages.isRecent(last, BY_HAND, now))
        .isPresent();
  }

  /** Waits for a minute at most; a look that takes longer goes on. */
  private void await(FutureTask<DomainName> look) {
    try {
      threads.execute(look);
      look.get(BY_HAND.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException | RejectedExecutionException e) {
      LOGGER.debug("A look was not waited for", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
