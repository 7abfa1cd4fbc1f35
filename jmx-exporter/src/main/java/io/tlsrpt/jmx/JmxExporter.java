// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.jmx;

import static java.util.Objects.requireNonNull;

import io.tlsrpt.figures.DomainFigures;
import io.tlsrpt.figures.DomainState;
import io.tlsrpt.figures.FailureFigures;
import io.tlsrpt.figures.FailureKind;
import io.tlsrpt.figures.FiguresRules;
import io.tlsrpt.figures.event.DomainEvent;
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
import javax.management.DynamicMBean;
import javax.management.InstanceAlreadyExistsException;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/**
 * The MBeans of one receiver: its own, two for each domain that is shown, and one for each kind of
 * failure that such a domain has had. Beans read the newest state when they are asked, and states
 * never change, so reading waits for nobody. May be used by many threads at once.
 */
public final class JmxExporter implements Exposure {
  /** How many operations and scrapes may read stored reports at once. */
  private static final int READING_AT_ONCE = 4;

  private final MBeanServer server;
  private final FiguresRules rules;
  private final FiguresSource source;
  private final NotifyingBean receiver;
  private final AtomicLong notices = new AtomicLong();

  /** The domains that have beans, each with its kinds of failure that have one. */
  private final Map<DomainName, Set<FailureKind>> shown = new ConcurrentHashMap<>();

  private boolean open;

  private JmxExporter(MBeanServer server, FiguresRules rules, FiguresSource source) {
    this.server = requireNonNull(server, "server");
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
            Notices.info());
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
    register(ObjectNames.receiver(), receiver);
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

  @Override
  public Set<DomainName> shown() {
    return Set.copyOf(shown.keySet());
  }

  private DomainFigures figures(DomainName domain) {
    return source.domain(domain).figures(source.now(), rules);
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
      register(ObjectNames.domain(domain), new ReadOnlyBean<>(DomainBean.TYPE, figures));
      register(ObjectNames.breakdown(domain), new ReadOnlyBean<>(BreakdownBean.TYPE, figures));
      known = Set.of();
    }
    Set<FailureKind> now = Set.copyOf(source.domain(domain).failures().keySet());
    // Kinds of failure that are new get a bean; kinds that retention removed lose theirs.
    for (FailureKind kind : EnumSet.allOf(FailureKind.class)) {
      if (now.contains(kind) && !known.contains(kind)) {
        register(
            ObjectNames.failure(domain, kind),
            new ReadOnlyBean<>(
                FailureBean.TYPE,
                () -> new FailureExplained(domain, failure(figures.get(), kind))));
      } else if (known.contains(kind) && !now.contains(kind)) {
        unregister(ObjectNames.failure(domain, kind));
      }
    }
    shown.put(domain, now);
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
      unregister(ObjectNames.domain(domain));
      unregister(ObjectNames.breakdown(domain));
      failures.forEach(kind -> unregister(ObjectNames.failure(domain, kind)));
    }
  }

  private void register(ObjectName name, DynamicMBean bean) {
    try {
      server.registerMBean(bean, name);
    } catch (InstanceAlreadyExistsException e) {
      throw new IllegalStateException(
          name + " is registered already: is there a second receiver in this JVM?", e);
    } catch (JMException e) {
      throw new IllegalStateException("cannot register " + name, e);
    }
  }

  /** Unregisters all that was registered. */
  @Override
  public synchronized void close() {
    if (!open) {
      return;
    }
    open = false;
    unregister(ObjectNames.receiver());
    shown().forEach(this::hide);
  }

  private void unregister(ObjectName name) {
    try {
      server.unregisterMBean(name);
    } catch (InstanceNotFoundException e) {
      // Somebody has unregistered it through JMX.
    } catch (JMException e) {
      throw new IllegalStateException("cannot unregister " + name, e);
    }
  }
}
