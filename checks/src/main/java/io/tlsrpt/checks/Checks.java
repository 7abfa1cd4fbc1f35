// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.checks;

import static java.util.Objects.requireNonNull;

import io.tlsrpt.checks.certificates.CertificateJudge;
import io.tlsrpt.checks.connections.Deadlines;
import io.tlsrpt.checks.connections.DialogueLimits;
import io.tlsrpt.checks.connections.PolicyFetch;
import io.tlsrpt.checks.dns.Questions;
import io.tlsrpt.checks.targets.Reachable;
import io.tlsrpt.figures.posture.LookRefusedException;
import io.tlsrpt.figures.posture.MxPosture;
import io.tlsrpt.figures.posture.Posture;
import io.tlsrpt.figures.posture.PostureListener;
import io.tlsrpt.figures.posture.Postures;
import io.tlsrpt.report.DomainName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The receiver's own looks at what its domains publish. Made before there are domains, so that
 * whoever shows postures can have it from the beginning: until {@link #start} nothing is looked at.
 * Looks run on threads of their own, four at once, and two begin in a second. May be used by many
 * threads at once.
 */
public final class Checks implements Postures, AutoCloseable {
  private static final Logger LOGGER = LoggerFactory.getLogger(Checks.class);

  private static final Duration BETWEEN_TICKS = Duration.ofMillis(500);
  private static final Duration BETWEEN_ALIGNMENTS = Duration.ofSeconds(50);
  private static final Duration LAST_LOOK = Duration.ofSeconds(2);
  private static final int AT_ONCE = 4;

  private final CheckSettings settings;
  private final String ownName;
  private final InstantSource clock;
  private final OwnHosts ownHosts;
  private final Duration betweenAlignments;
  private final Deadlines deadlines = new Deadlines();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("tlsrpt-checks").factory());
  private final ExecutorService threads =
      Executors.newFixedThreadPool(
          AT_ONCE, Thread.ofPlatform().daemon().name("tlsrpt-look-", 1).factory());
  private volatile Optional<Looks> looks = Optional.empty();

  /**
   * Checks that have not begun.
   *
   * @param ownName this host's, which MX hosts are told in EHLO
   * @param ownHosts the file that keeps the names of MX hosts that are ours; need not exist
   */
  public Checks(CheckSettings settings, String ownName, Path ownHosts, InstantSource clock) {
    this(settings, ownName, ownHosts, clock, BETWEEN_ALIGNMENTS);
  }

  /** Checks that take in more or less often which domains there are. */
  Checks(
      CheckSettings settings,
      String ownName,
      Path ownHosts,
      InstantSource clock,
      Duration betweenAlignments) {
    this.settings = requireNonNull(settings, "settings");
    this.ownName = requireNonNull(ownName, "ownName");
    this.clock = requireNonNull(clock, "clock");
    this.ownHosts =
        settings.isOn()
            ? OwnHosts.keptIn(
                ownHosts, host -> settings.mxAddress(host).isPresent(), clock.instant())
            : OwnHosts.none();
    this.betweenAlignments = requireNonNull(betweenAlignments, "betweenAlignments");
  }

  /**
   * Begins to look, if something is to be looked at. To be called once.
   *
   * @throws UncheckedIOException if the roots of the JDK or the addresses of this machine cannot be
   *     read
   */
  public void start(CheckedDomains domains, PostureListener listener) {
    if (settings.isOn()) {
      Looks starting =
          new Looks(
              settings,
              domains,
              listener,
              ownHosts,
              new NetworkEyes(settings, domains, tools(), clock),
              threads,
              clock);
      looks = Optional.of(starting);
      every(betweenAlignments, starting::align);
      every(BETWEEN_TICKS, starting::tick);
    }
  }

  private NetworkEyes.Tools tools() {
    try {
      return new NetworkEyes.Tools(
          new Questions(clock),
          new Reachable(Reachable.own(), settings.networks(), settings.namedAddresses()),
          certificates(),
          deadlines,
          DialogueLimits.USUAL,
          PolicyFetch.PORT,
          ownName);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Without connections there is no certificate to judge, so the JDK's file is not needed. */
  private CertificateJudge certificates() throws IOException {
    return settings.looksAtPolicy() || settings.looksAtHosts()
        ? CertificateJudge.withRootsOfTheJdk()
        : CertificateJudge.withRoots(List.of());
  }

  private void every(Duration pause, Runnable task) {
    // The future is not needed: the task ends with the thread.
    var unused =
        timer.scheduleWithFixedDelay(
            () -> catchingAll(task), 0, pause.toMillis(), TimeUnit.MILLISECONDS);
  }

  private static void catchingAll(Runnable task) {
    try {
      task.run();
    } catch (Throwable e) {
      // An exception that left the task would end its schedule.
      LOGGER.error("The schedule of checks failed", e);
    }
  }

  /** A failure of a domain has started: it is looked at within a minute. */
  public void hurry(DomainName domain) {
    looks.ifPresent(running -> running.hurry(domain));
  }

  private Postures running() {
    return looks.<Postures>map(running -> running).orElse(Postures.NONE);
  }

  @Override
  public Set<Level> levels() {
    return settings.levels();
  }

  @Override
  public Optional<Posture> domain(DomainName domain) {
    return running().domain(domain);
  }

  @Override
  public Collection<Posture> domains() {
    return running().domains();
  }

  @Override
  public Optional<MxPosture> host(String host) {
    return running().host(host);
  }

  @Override
  public Collection<MxPosture> hosts() {
    return running().hosts();
  }

  @Override
  public long hostCount() {
    return running().hostCount();
  }

  /** Known before the start: reports come as soon as the server does. */
  @Override
  public Set<DomainName> ownHosts() {
    return ownHosts.names();
  }

  @Override
  public Optional<Boolean> resolverValidates() {
    return running().resolverValidates();
  }

  @Override
  public Optional<Instant> lastLook() {
    return running().lastLook();
  }

  @Override
  public Optional<Posture> look(DomainName domain) throws LookRefusedException {
    return running().look(domain);
  }

  /** Ends all looks, those that run included; waits two seconds at most. */
  @Override
  public void close() {
    timer.shutdownNow();
    threads.shutdownNow();
    deadlines.close();
    try {
      if (!threads.awaitTermination(LAST_LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
        LOGGER.debug("A look has not ended in time");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
