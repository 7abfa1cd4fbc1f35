// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where the build put what is to be run. */
public final class Build {
  private static final Path ROOT = Path.of(property("tlsrpt.root")).toAbsolutePath().normalize();
  private static final String VERSION = property("tlsrpt.version");

  private Build() {}

  public static Path root() {
    return ROOT;
  }

  static String version() {
    return VERSION;
  }

  /** The sample configuration that users are given. */
  public static Path conf() {
    return ROOT.resolve("conf");
  }

  /** For all that tests and the demonstration write. */
  public static Path directory(String name) {
    return ROOT.resolve("integration-tests/target").resolve(name);
  }

  /** The jar for James 3.9 and later. */
  public static Path jar() {
    return built("mailet/target/tlsrpt-mailet-" + VERSION + ".jar");
  }

  /** The jar for James 3.8. */
  public static Path jarForJames38() {
    return built("mailet/target/tlsrpt-mailet-" + VERSION + "-james-3.8.jar");
  }

  /** What is handed out beside the jars, such as {@code sources.jar}. */
  static Path beside(String name) {
    return built("mailet/target/tlsrpt-mailet-" + VERSION + "-" + name);
  }

  /** The jar that points a server to a DNS server of ours. */
  static Path jarForTesting() {
    return built("testing/target/tlsrpt-testing-" + VERSION + ".jar");
  }

  /** The agent of the Prometheus JMX exporter. */
  static Path jmxExporter() {
    return built("integration-tests/target/agent/jmx_prometheus_javaagent.jar");
  }

  /** The class path of James 3.8. */
  static String classPathOfJames38() {
    try {
      return Files.readString(built("integration-tests/james-3.8/target/james.classpath")).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path built(String path) {
    Path file = ROOT.resolve(path);
    if (!Files.isRegularFile(file)) {
      throw new IllegalStateException(file + " is missing: run the build through Maven");
    }
    return file;
  }

  private static String property(String name) {
    String value = System.getProperty(name);
    if (value == null) {
      throw new IllegalStateException("-D" + name + " is missing: run through Maven");
    }
    return value;
  }
}
