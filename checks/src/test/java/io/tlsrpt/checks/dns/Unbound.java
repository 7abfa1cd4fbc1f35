// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.checks.dns;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.xbill.DNS.ExtendedResolver;
import org.xbill.DNS.Lookup;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.SimpleResolver;

/**
 * A resolver that validates, on loopback. It has the zones in files and asks nobody: a zone of the
 * root keeps it from that. It ends when this JVM does.
 */
final class Unbound implements AutoCloseable {
  private static final Path PROGRAM = Path.of("/usr/sbin/unbound");

  /** Our end of its input closes when this JVM ends. */
  private static final String UNTIL_WE_END = "\"$0\" -d -c \"$1\" & cat > /dev/null; kill $!; wait";

  private final Process process;
  private final int port;

  private Unbound(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  static boolean isInstalled() {
    return Files.isExecutable(PROGRAM);
  }

  /** Returns when it takes questions. */
  static Unbound start(Path directory, List<SignedZone> zones) throws IOException {
    int port = freePort();
    Path configuration =
        Files.writeString(directory.resolve("unbound.conf"), configuration(directory, port, zones));
    Process process =
        new ProcessBuilder("sh", "-c", UNTIL_WE_END, PROGRAM.toString(), configuration.toString())
            .redirectErrorStream(true)
            .start();
    BufferedReader output = process.inputReader(US_ASCII);
    StringBuilder said = new StringBuilder();
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      said.append(line).append('\n');
      if (line.contains("start of service")) {
        return new Unbound(process, port);
      }
      if (line.contains("fatal error")) {
        break;
      }
    }
    process.getOutputStream().close();
    throw new IOException("unbound does not start: " + said);
  }

  private static int freePort() throws IOException {
    try (DatagramSocket free = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }

  private static String configuration(Path directory, int port, List<SignedZone> zones) {
    String anchors =
        zones.stream()
            .flatMap(zone -> zone.trustAnchor().stream())
            .map(file -> "  trust-anchor-file: \"" + file + "\"\n")
            .collect(Collectors.joining());
    String served =
        zones.stream()
            .map(
                zone ->
                    """
                    auth-zone:
                      name: "%s"
                      zonefile: "%s"
                      for-downstream: no
                      for-upstream: yes
                      fallback-enabled: no
                    """
                        .formatted(zone.name(), zone.file()))
            .collect(Collectors.joining());
    return """
        server:
          directory: "%s"
          chroot: ""
          username: ""
          pidfile: ""
          use-syslog: no
          logfile: ""
          do-daemonize: no
          interface: 127.0.0.1@%d
          do-ip6: no
          module-config: "validator iterator"
          ede: yes
        """
            .formatted(directory, port)
        + anchors
        + served
        + """
        remote-control:
          control-enable: no
        """;
  }

  /** Look-ups of this process come here. */
  void useInThisProcess() {
    Resolver resolver =
        new SimpleResolver(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    Lookup.setDefaultResolver(new ExtendedResolver(new Resolver[] {resolver}));
  }

  @Override
  public void close() {
    try {
      process.getOutputStream().close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    process.onExit().join();
  }
}
