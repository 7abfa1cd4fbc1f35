// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.jmx;

import javax.management.DynamicMBean;
import javax.management.InstanceAlreadyExistsException;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/** Registers beans in an MBean server, and takes them away again. */
record Beans(MBeanServer server) {

  /**
   * Registers a bean.
   *
   * @throws IllegalStateException if the name is taken
   */
  void register(ObjectName name, DynamicMBean bean) {
    try {
      server.registerMBean(bean, name);
    } catch (InstanceAlreadyExistsException e) {
      throw new IllegalStateException(
          name + " is registered already: is there a second receiver in this JVM?", e);
    } catch (JMException e) {
      throw new IllegalStateException("cannot register " + name, e);
    }
  }

  /** Unregisters a bean; one that somebody has unregistered through JMX is gone already. */
  void unregister(ObjectName name) {
    try {
      server.unregisterMBean(name);
    } catch (InstanceNotFoundException e) {
      // Somebody has unregistered it through JMX.
    } catch (JMException e) {
      throw new IllegalStateException("cannot unregister " + name, e);
    }
  }
}
