// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.jmx;

import static java.util.Objects.requireNonNull;

import io.tlsrpt.figures.DomainFigures;
import io.tlsrpt.figures.DomainState;
import io.tlsrpt.figures.FailureWindow;
import io.tlsrpt.report.PolicyDomain;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import javax.management.DynamicMBean;
import javax.management.InstanceAlreadyExistsException;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/**
 * The MBeans of one receiver: its own, and two for each domain. Beans read values that never
 * change, so reading waits for nobody. May be used by many threads at once.
 */
public final class JmxExporter implements AutoCloseable {
  private final MBeanServer server;
  private final InstantSource clock;
  private final FailureWindow window;
  private final Map<PolicyDomain, AtomicReference<DomainState>> domains = new ConcurrentHashMap<>();
  private boolean open;

  private JmxExporter(MBeanServer server, InstantSource clock, FailureWindow window) {
    this.server = requireNonNull(server, "server");
    this.clock = requireNonNull(clock, "clock");
    this.window = requireNonNull(window, "window");
  }

  /**
   * Registers the receiver's bean; domains follow with {@link #publish}.
   *
   * @throws IllegalStateException if the name is taken: there can be one receiver in an MBean
   *     server
   */
  public static JmxExporter open(
      MBeanServer server,
      InstantSource clock,
      FailureWindow window,
      Supplier<ReceiverFigures> receiver) {
    JmxExporter exporter = new JmxExporter(server, clock, window);
    exporter.registerReceiver(receiver);
    return exporter;
  }

  private synchronized void registerReceiver(Supplier<ReceiverFigures> receiver) {
    register(
        ObjectNames.receiver(),
        new ReadOnlyBean<>(
            ReceiverBean.TYPE, () -> new ReceiverBean.Shown(receiver.get(), domains.size())));
    open = true;
  }

  /** Shows a domain's state, unless a newer one is shown already; after {@link #close} nothing. */
  public void publish(DomainState state) {
    reference(state).accumulateAndGet(state, JmxExporter::newer);
  }

  private synchronized AtomicReference<DomainState> reference(DomainState state) {
    AtomicReference<DomainState> known = domains.get(state.domain());
    if (known != null || !open) {
      return known == null ? new AtomicReference<>(state) : known;
    }
    AtomicReference<DomainState> reference = new AtomicReference<>(state);
    Supplier<DomainFigures> figures = () -> reference.get().figures(clock.instant(), window);
    register(ObjectNames.domain(state.domain()), new ReadOnlyBean<>(DomainBean.TYPE, figures));
    register(
        ObjectNames.breakdown(state.domain()), new ReadOnlyBean<>(BreakdownBean.TYPE, figures));
    domains.put(state.domain(), reference);
    return reference;
  }

  /** Commits come one after the other, but their threads may arrive here in another order. */
  private static DomainState newer(DomainState shown, DomainState next) {
    return next.totals().reports() > shown.totals().reports() ? next : shown;
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
    for (PolicyDomain domain : domains.keySet()) {
      unregister(ObjectNames.domain(domain));
      unregister(ObjectNames.breakdown(domain));
    }
    domains.clear();
  }

  private void unregister(ObjectName name) {
    try {
      server.unregisterMBean(name);
    } catch (InstanceNotFoundException e) {
      // Somebody has done it by JMX.
    } catch (JMException e) {
      throw new IllegalStateException("cannot unregister " + name, e);
    }
  }
}
