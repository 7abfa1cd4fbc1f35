// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.jmx;

import java.io.IOException;
import java.util.Map;
import javax.management.MBeanServer;
import javax.management.MBeanServerConnection;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorServer;
import javax.management.remote.JMXConnectorServerFactory;
import javax.management.remote.JMXServiceURL;

/** An MBean server as a client sees it: all values go through RMI. */
final class RemoteServer implements AutoCloseable {
  private final JMXConnectorServer connectors;
  private final JMXConnector connector;

  RemoteServer(MBeanServer server) throws IOException {
    connectors =
        JMXConnectorServerFactory.newJMXConnectorServer(
            new JMXServiceURL("service:jmx:rmi://127.0.0.1"), Map.of(), server);
    connectors.start();
    connector = connectors.toJMXConnector(Map.of());
    connector.connect();
  }

  MBeanServerConnection connection() throws IOException {
    return connector.getMBeanServerConnection();
  }

  @Override
  public void close() throws IOException {
    connector.close();
    connectors.stop();
  }
}
