// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.benchmarks.jmx;

import io.tlsrpt.benchmarks.Timings;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/**
 * A running {@link JmxScaleServer} with the Prometheus agent inside and remote JMX, both at the
 * loopback address.
 *
 * @param said what it measured itself
 */
record JmxScaleProcess(Process process, int agentPort, int jmxPort, Map<String, String> said)
    implements AutoCloseable {
  private static final Path AGENT = Path.of("target/agent/jmx_prometheus_javaagent.jar");

  /** Enough for half a million beans and their scrape. */
  private static final String HEAP = "-Xmx8g";

  static JmxScaleProcess start(JmxLayout layout, int domains, Path agentConfiguration)
      throws IOException {
    int agentPort = freePort();
    int jmxPort = freePort();
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    HEAP,
                    "-javaagent:%s=127.0.0.1:%d:%s".formatted(AGENT, agentPort, agentConfiguration),
                    "-Dcom.sun.management.jmxremote.host=127.0.0.1",
                    "-Dcom.sun.management.jmxremote.port=" + jmxPort,
                    "-Dcom.sun.management.jmxremote.rmi.port=" + jmxPort,
                    "-Dcom.sun.management.jmxremote.authenticate=false",
                    "-Dcom.sun.management.jmxremote.ssl=false",
                    "-Djava.rmi.server.hostname=127.0.0.1",
                    "-classpath",
                    System.getProperty("java.class.path"),
                    JmxScaleServer.class.getName(),
                    layout.toString(),
                    String.valueOf(domains)))
            .redirectError(Redirect.INHERIT)
            .start();
    return new JmxScaleProcess(process, agentPort, jmxPort, listen(process));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static Map<String, String> listen(Process process) throws IOException {
    Map<String, String> said = new HashMap<>();
    BufferedReader reader = process.inputReader();
    while (!said.containsKey("ready")) {
      String line = reader.readLine();
      if (line == null) {
        throw new IOException("the process has ended");
      }
      int blank = line.indexOf(' ');
      said.put(line.substring(0, blank), line.substring(blank + 1));
    }
    return said;
  }

  double megabytes(String what) {
    return Long.parseLong(said.get(what)) / 1e6;
  }

  FullRead all() {
    return new FullRead(Integer.parseInt(said.get("beans")), Integer.parseInt(said.get("values")));
  }

  Timings read() {
    return Timings.parse(said.get("read"));
  }

  /** How long {@link MetricsAnswer} takes, and what it allocates; only of our beans' figures. */
  String answer() {
    return said.containsKey("answer")
        ? "%s; %.0f MB allocated".formatted(Timings.parse(said.get("answer")), megabytes("garbage"))
        : "–";
  }

  /** The process is our own. */
  @SuppressWarnings("BanJNDI")
  JMXConnector connect() throws IOException {
    return JMXConnectorFactory.connect(
        new JMXServiceURL("service:jmx:rmi:///jndi/rmi://127.0.0.1:" + jmxPort + "/jmxrmi"));
  }

  /** The process ends with its input. */
  @Override
  public void close() throws IOException {
    process.getOutputStream().close();
    process.onExit().join();
  }
}
