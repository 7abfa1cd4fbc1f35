// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The main job of the README, as a process of its own. */
class DemoIT {
  private static final Duration TIMEOUT = Duration.ofSeconds(60);
  private static final String REPORTED = "<a href=\"tlsrpt/domains/example.com\"";
  private static final Pattern PAGES = Pattern.compile("http://127\\.0\\.0\\.1:(\\d+)/tlsrpt");

  @Test
  void demoShouldEndByItselfWithTheRightFiguresTwiceInARow() throws Exception {
    for (int run = 0; run < 2; run++) {
      Ports ports = Ports.free();
      Result result =
          demo(
              "--exit",
              "--smtp-port=" + ports.smtp(),
              "--imap-port=" + ports.imap(),
              "--jmx-port=" + ports.jmx());

      assertThat(result.output())
          .contains("The figures are what the samples add up to.")
          .contains("admin@example.com gets a mail", "  Subject: TLS reports: ")
          .containsPattern("example\\.com +4 +1174 +23 +23 +0\\.0199 +true +enforce +4");
      assertThat(result.status()).isZero();
    }
  }

  @Test
  void nodesShouldShowTheSame() throws Exception {
    Ports ports = Ports.free();
    Result result =
        demo(
            "--nodes",
            "3",
            "--exit",
            "--smtp-port=" + ports.smtp(),
            "--imap-port=" + ports.imap(),
            "--jmx-port=" + ports.jmx());

    assertThat(result.output())
        .contains("The figures are equal on all nodes, and what the samples add up to.")
        .containsPattern("sum +17 +8 +3 +6\n")
        .containsPattern("example\\.com\n( +node \\d +4 +1174 +23 +23 .*\n){3}");
    assertThat(result.status()).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void pagesShouldBeAtTheAddressesThatAreSaid(int nodes) throws Exception {
    Ports ports = Ports.free();
    List<String> options =
        new ArrayList<>(
            List.of(
                "--smtp-port=" + ports.smtp(),
                "--imap-port=" + ports.imap(),
                "--jmx-port=" + ports.jmx()));
    if (nodes > 1) {
      options.add("--nodes=" + nodes);
    }
    Process demo = start(options.toArray(String[]::new));
    try (BufferedReader said = demo.inputReader()) {
      List<Integer> pages = new ArrayList<>();
      for (String line = said.readLine();
          line != null && !line.contains("JConsole");
          line = said.readLine()) {
        PAGES.matcher(line).results().forEach(page -> pages.add(Integer.valueOf(page.group(1))));
      }

      assertThat(pages).hasSize(nodes).doesNotHaveDuplicates();
      for (int page : pages) {
        // The list of domains may be 5 seconds old.
        Waiting.until(
            TIMEOUT,
            "the pages show the reports",
            () -> new WebPages(page).get("/tlsrpt", WebPages.BROWSER).body().contains(REPORTED));
      }
    } finally {
      demo.destroy();
      demo.waitFor();
    }
  }

  @Test
  void numberOfNodesShouldBeBounded() throws Exception {
    for (String option : List.of("--nodes=0", "--nodes=6", "--nodes")) {
      Result result = demo("--exit", option);

      assertThat(result.output()).contains("Bad option " + option + "; allowed: --exit, --nodes=N");
      assertThat(result.status()).isEqualTo(2);
    }
  }

  @Test
  void portInUseShouldBeNamed() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Result result = demo("--exit", "--smtp-port=" + taken.getLocalPort());

      assertThat(result.output())
          .contains(
              "Port " + taken.getLocalPort() + " is in use; choose another one with --smtp-port=N");
      assertThat(result.status()).isEqualTo(2);
    }
  }

  @Test
  void unknownOptionShouldBeNamed() throws Exception {
    Result result = demo("--stay");

    assertThat(result.output()).contains("Unknown option --stay; allowed: --exit, --nodes=N");
    assertThat(result.status()).isEqualTo(2);
  }

  private record Result(int status, String output) {}

  private static Result demo(String... arguments) throws IOException, InterruptedException {
    Process process = start(arguments);
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Result(process.waitFor(), output);
  }

  private static Process start(String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dtlsrpt.root=" + Build.root(),
                "-Dtlsrpt.version=" + System.getProperty("tlsrpt.version"),
                "-classpath",
                System.getProperty("java.class.path"),
                Demo.class.getName()));
    command.addAll(Arrays.asList(arguments));
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }
}
