// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The programs of Debian's package {@code prometheus}. */
final class PrometheusTools {
  static final String PROMETHEUS = "/usr/bin/prometheus";
  static final String PROMTOOL = "/usr/bin/promtool";

  private PrometheusTools() {}

  /** In CI they must be there; elsewhere a test without them is skipped. */
  static void assumeInstalled() {
    assumeTrue(areInstalled(), "Debian's package prometheus is not installed");
  }

  /** Whether they are there; in CI they must be. */
  static boolean areInstalled() {
    boolean installed =
        Files.isExecutable(Path.of(PROMETHEUS)) && Files.isExecutable(Path.of(PROMTOOL));
    if (Boolean.parseBoolean(System.getenv("CI"))) {
      assertThat(installed).as("prometheus and promtool are installed").isTrue();
    }
    return installed;
  }

  /**
   * Runs {@code promtool}.
   *
   * @param input what it reads from standard input
   * @return all that it says, and at the end its exit status
   */
  static String promtool(Path directory, String input, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(PROMTOOL));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true).start();
    try (var in = process.getOutputStream()) {
      in.write(input.getBytes(StandardCharsets.UTF_8));
    }
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return said + "exit status " + process.waitFor();
  }
}
