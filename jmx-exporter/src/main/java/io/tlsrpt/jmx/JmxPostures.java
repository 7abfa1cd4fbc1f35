// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.jmx;

import static java.util.Objects.requireNonNull;

import io.tlsrpt.figures.posture.CheckEvent;
import io.tlsrpt.figures.posture.MxPosture;
import io.tlsrpt.figures.posture.Posture;
import io.tlsrpt.figures.posture.PostureListener;
import io.tlsrpt.figures.posture.Postures;
import io.tlsrpt.report.DomainName;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import javax.management.ObjectName;

/**
 * The beans of domains and MX hosts that the receiver looks at by itself. May be used by many
 * threads at once.
 */
final class JmxPostures implements PostureListener {
  private final Beans beans;
  private final Postures postures;
  private final Consumer<CheckEvent> notices;
  private final Set<ObjectName> shown = new HashSet<>();
  private boolean open = true;

  /**
   * Registers beans as postures come.
   *
   * @param notices tells listeners of an event
   */
  JmxPostures(Beans beans, Postures postures, Consumer<CheckEvent> notices) {
    this.beans = requireNonNull(beans, "beans");
    this.postures = requireNonNull(postures, "postures");
    this.notices = requireNonNull(notices, "notices");
  }

  @Override
  public synchronized void changed(Posture posture) {
    DomainName domain = posture.domain();
    ObjectName name = ObjectNames.posture(domain);
    if (open && shown.add(name)) {
      beans.register(
          name,
          new ReadOnlyBean<>(
              PostureBean.TYPE,
              () ->
                  new PostureBean.Shown(
                      postures.domain(domain).orElseThrow(() -> gone(domain.value())), postures)));
    }
  }

  @Override
  public synchronized void changed(MxPosture posture) {
    String host = posture.host();
    ObjectName name = ObjectNames.mxHost(host);
    if (open && shown.add(name)) {
      beans.register(
          name,
          new ReadOnlyBean<>(
              MxHostBean.TYPE, () -> postures.host(host).orElseThrow(() -> gone(host))));
    }
  }

  private static IllegalStateException gone(String subject) {
    return new IllegalStateException(subject + " is not looked at any more");
  }

  @Override
  public synchronized void gone(DomainName domain) {
    hide(ObjectNames.posture(domain));
  }

  @Override
  public synchronized void goneHost(String host) {
    hide(ObjectNames.mxHost(host));
  }

  private void hide(ObjectName name) {
    if (shown.remove(name)) {
      beans.unregister(name);
    }
  }

  @Override
  public void tell(CheckEvent event) {
    notices.accept(event);
  }

  /** Unregisters all of them. */
  synchronized void close() {
    open = false;
    shown.forEach(beans::unregister);
    shown.clear();
  }
}
