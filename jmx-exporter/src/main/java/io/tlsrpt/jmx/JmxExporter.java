// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.jmx;

import static java.util.Objects.requireNonNull;

import io.tlsrpt.figures.DomainFigures;
import io.tlsrpt.figures.DomainState;
import io.tlsrpt.figures.FailureFigures;
import io.tlsrpt.figures.FailureKind;
import io.tlsrpt.figures.FiguresRules;
import io.tlsrpt.figures.event.DomainEvent;
import io.tlsrpt.figures.posture.CheckEvent;
import io.tlsrpt.figures.posture.PostureListener;
import io.tlsrpt.receiver.port.Exposure;
import io.tlsrpt.report.DomainName;
import io.tlsrpt.view.FailureExplained;
import io.tlsrpt.view.FiguresSource;
import io.tlsrpt.view.HistoryQuestions;
import io.tlsrpt.view.RecentReports;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import javax.management.MBeanServer;

/**
 * The MBeans of one receiver: its own, two for each domain that is shown, and one for each kind of
 * failure that such a domain has had. Beans read the newest state when they are asked, and states
 * never change, so reading waits for nobody. May be used by many threads at once.
 */
public final class JmxExporter implements Exposure {
  /** How many operations and scrapes may read stored reports at once. */
  private static final int READING_AT_ONCE = 4;

  private final Beans beans;
  private final FiguresRules rules;
  private final FiguresSource source;
  private final NotifyingBean receiver;
  private final JmxPostures postures;
  private final AtomicLong notices = new AtomicLong();

  /** The domains that have beans, each with its kinds of failure that have one. */
  private final Map<DomainName, Set<FailureKind>> shown = new ConcurrentHashMap<>();

  private boolean open;

  private JmxExporter(MBeanServer server, FiguresRules rules, FiguresSource source) {
    this.beans = new Beans(requireNonNull(server, "server"));
    this.rules = requireNonNull(rules, "rules");
    this.source = requireNonNull(source, "source");
    HistoryQuestions history = new HistoryQuestions(source, READING_AT_ONCE);
    RecentReports recent = new RecentReports(history);
    this.receiver =
        new NotifyingBean(
            new ReadOnlyBean<>(
                ReceiverBean.TYPE,
                () ->
                    new ReceiverBean.ReceiverSource(
                        source.receiver(), shown.size(), source, history, recent)),
            ReceiverBean.notifications());
    this.postures = new JmxPostures(beans, source.postures(), this::tell);
  }

  /**
   * Registers the receiver's bean; domains follow with {@link #show}.
   *
   * @throws IllegalStateException if the name is taken: there can be one receiver in an MBean
   *     server
   */
  public static JmxExporter open(MBeanServer server, FiguresRules rules, FiguresSource source) {
    JmxExporter exporter = new JmxExporter(server, rules, source);
    exporter.registerReceiver();
    return exporter;
  }

  private synchronized void registerReceiver() {
    beans.register(ObjectNames.receiver(), receiver);
    open = true;
  }

  /**
   * {@inheritDoc}
   *
   * <p>Listeners in this JVM run on the calling thread, so this takes as long as they do. Remote
   * listeners fetch their notifications later.
   */
  @Override
  public void tell(DomainEvent event, DomainState after) {
    Notices.of(event, after.figures(event.time(), rules), notices::incrementAndGet)
        .ifPresent(receiver::sendNotification);
  }

  private void tell(CheckEvent event) {
    receiver.sendNotification(CheckNotices.of(event, notices.incrementAndGet()));
  }

  @Override
  public PostureListener postures() {
    return postures;
  }

  @Override
  public Set<DomainName> shown() {
    return Set.copyOf(shown.keySet());
  }

  private DomainFigures figures(DomainName domain) {
    return source.figures(source.domain(domain));
  }

  @Override
  public void show(DomainName domain) {
    Set<FailureKind> known = shown.get(domain);
    // Checked without the lock, since most reports bring no new kind of failure.
    if (known == null || !known.equals(source.domain(domain).failures().keySet())) {
      register(domain);
    }
  }

  private synchronized void register(DomainName domain) {
    if (!open) {
      return;
    }
    Supplier<DomainFigures> figures = () -> figures(domain);
    Set<FailureKind> known = shown.get(domain);
    if (known == null) {
      beans.register(ObjectNames.domain(domain), new ReadOnlyBean<>(DomainBean.TYPE, figures));
      beans.register(
          ObjectNames.breakdown(domain), new ReadOnlyBean<>(BreakdownBean.TYPE, figures));
      known = Set.of();
    }
    Set<FailureKind> now = Set.copyOf(source.domain(domain).failures().keySet());
    // Kinds of failure that are new get a bean; kinds that retention removed lose theirs.
    for (FailureKind kind : EnumSet.allOf(FailureKind.class)) {
      if (now.contains(kind) && !known.contains(kind)) {
        beans.register(
            ObjectNames.failure(domain, kind),
            new ReadOnlyBean<>(FailureBean.TYPE, () -> explained(figures.get(), kind)));
      } else if (known.contains(kind) && !now.contains(kind)) {
        beans.unregister(ObjectNames.failure(domain, kind));
      }
    }
    shown.put(domain, now);
  }

  private FailureExplained explained(DomainFigures domain, FailureKind kind) {
    return FailureExplained.of(domain, failure(domain, kind), source);
  }

  private static FailureFigures failure(DomainFigures domain, FailureKind kind) {
    return domain.failures().stream()
        .filter(failure -> failure.kind() == kind)
        .findFirst()
        .orElseThrow(
            () -> new IllegalStateException("the failure is older than retention and gone"));
  }

  @Override
  public synchronized void hide(DomainName domain) {
    Set<FailureKind> failures = shown.remove(domain);
    if (failures != null) {
      beans.unregister(ObjectNames.domain(domain));
      beans.unregister(ObjectNames.breakdown(domain));
      failures.forEach(kind -> beans.unregister(ObjectNames.failure(domain, kind)));
    }
  }

  /** Unregisters all that was registered. */
  @Override
  public synchronized void close() {
    if (!open) {
      return;
    }
    open = false;
    beans.unregister(ObjectNames.receiver());
    shown().forEach(this::hide);
    postures.close();
  }
}
