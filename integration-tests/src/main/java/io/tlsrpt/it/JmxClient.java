// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import javax.management.JMException;
import javax.management.MBeanInfo;
import javax.management.MBeanServerConnection;
import javax.management.Notification;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;
import org.jspecify.annotations.Nullable;

/** Remote JMX as JConsole speaks it. */
public final class JmxClient implements AutoCloseable {
  private final JMXConnector connector;
  private final MBeanServerConnection server;

  private JmxClient(JMXConnector connector, MBeanServerConnection server) {
    this.connector = connector;
    this.server = server;
  }

  /** Connects with the first line of James' password file: user and password. */
  @SuppressWarnings("BanJNDI") // The only way to James' JMX; the address is fixed to loopback.
  static JmxClient connect(int port, Path passwordFile) {
    try {
      String[] credentials = Files.readString(passwordFile).strip().split(" ", 2);
      JMXServiceURL url =
          new JMXServiceURL("service:jmx:rmi:///jndi/rmi://127.0.0.1:" + port + "/jmxrmi");
      JMXConnector connector =
          JMXConnectorFactory.connect(url, Map.of(JMXConnector.CREDENTIALS, credentials));
      return new JmxClient(connector, connector.getMBeanServerConnection());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public boolean exists(String name) {
    return read(() -> server.isRegistered(new ObjectName(name)));
  }

  /** The names that match a pattern, in alphabetical order. */
  public List<String> names(String pattern) {
    return read(
        () ->
            server.queryNames(new ObjectName(pattern), null).stream()
                .map(ObjectName::getCanonicalName)
                .sorted()
                .toList());
  }

  public MBeanInfo info(String name) {
    return read(() -> server.getMBeanInfo(new ObjectName(name)));
  }

  /** An attribute that is there; whether it has a value is for the caller to know. */
  public @Nullable Object value(String name, String attribute) {
    return this.<@Nullable Object>read(() -> server.getAttribute(new ObjectName(name), attribute));
  }

  public long number(String name, String attribute) {
    return (Long) read(() -> server.getAttribute(new ObjectName(name), attribute));
  }

  public String text(String name, String attribute) {
    return String.valueOf(value(name, attribute));
  }

  /** The items of a composite that are not 0, in the composite's order. */
  public Map<String, Long> counts(String name, String attribute) {
    CompositeData data =
        (CompositeData) read(() -> server.getAttribute(new ObjectName(name), attribute));
    Map<String, Long> counts = new LinkedHashMap<>();
    for (String item : data.getCompositeType().keySet()) {
      long count = (Long) data.get(item);
      if (count != 0) {
        counts.put(item, count);
      }
    }
    return counts;
  }

  /** Calls an operation that answers. */
  public Object ask(String name, String operation, Object... arguments) {
    String[] signature =
        Arrays.stream(arguments).map(a -> a.getClass().getName()).toArray(String[]::new);
    return read(() -> server.invoke(new ObjectName(name), operation, arguments, signature));
  }

  /** Has a listener told of what a bean sends from now on. */
  public void listen(String name, Consumer<Notification> listener) {
    this.<@Nullable Object>read(
        () -> {
          server.addNotificationListener(
              new ObjectName(name),
              (notification, handback) -> listener.accept(notification),
              null,
              null);
          return null;
        });
  }

  /** Calls an operation whose parameters are texts. */
  public void invoke(String name, String operation, String... arguments) {
    String[] signature = new String[arguments.length];
    Arrays.fill(signature, String.class.getName());
    this.<@Nullable Object>read(
        () -> server.invoke(new ObjectName(name), operation, arguments, signature));
  }

  @Override
  public void close() {
    try {
      connector.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private <T extends @Nullable Object> T read(Reading<T> reading) {
    try {
      return reading.read();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (JMException e) {
      throw new IllegalStateException(e);
    }
  }

  private interface Reading<T extends @Nullable Object> {
    T read() throws IOException, JMException;
  }
}
