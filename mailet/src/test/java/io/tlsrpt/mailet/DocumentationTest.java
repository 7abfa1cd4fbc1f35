// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.mailet;

import static org.assertj.core.api.Assertions.assertThat;

import io.tlsrpt.figures.receiver.DeferralReason;
import io.tlsrpt.figures.receiver.RejectionReason;
import io.tlsrpt.mailet.parameters.Parameters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** All names that users write or read are in the documents, and the documents name no others. */
class DocumentationTest {
  @Test
  void everyParameterShouldBeExplained() throws IOException {
    String settings =
        read("docs/operations.md")
            .replaceAll("(?s).*## Parameters|\n## Why a report is rejected.*", "");

    assertThat(matches("(?m)^\\| `(\\w+)`", settings))
        .containsExactlyInAnyOrderElementsOf(Parameters.NAMES);
  }

  @Test
  void everyParameterShouldBeInTheSampleConfiguration() throws IOException {
    String block =
        read("conf/mailetcontainer.xml")
            .replaceAll(
                "(?s)\\A.*?class=\"io.tlsrpt.mailet.TlsReportMailet\">|\n      </mailet>.*", "");

    assertThat(matches("<(\\w+)>", block))
        .contains("onMailetException")
        .containsAll(Parameters.NAMES)
        .hasSize(Parameters.NAMES.size() + 1);
  }

  @Test
  void everyReasonShouldBeExplained() throws IOException {
    List<String> reasons =
        Arrays.stream(RejectionReason.values()).map(RejectionReason::key).toList();
    String table =
        read("docs/operations.md")
            .replaceAll("(?s).*## Why a report is rejected|\n## Why a report waits.*", "");

    assertThat(matches("(?m)^\\| `([\\w-]+)`", table)).containsExactlyElementsOf(reasons);
  }

  @Test
  void everyReasonForWaitingShouldBeExplained() throws IOException {
    List<String> reasons = Arrays.stream(DeferralReason.values()).map(DeferralReason::key).toList();
    String table =
        read("docs/operations.md").replaceAll("(?s).*## Why a report waits|\n## Limits.*", "");

    assertThat(matches("(?m)^\\| `([\\w-]+)`", table)).containsExactlyElementsOf(reasons);
  }

  @Test
  void everyLogLineShouldBeExplained() throws IOException {
    String table = read("docs/operations.md").replaceAll("(?s).*## Log lines", "");
    Pattern call =
        Pattern.compile("LOGGER\\.(info|warn|error)\\(\\s*((?:\"[^\"]*\"\\s*\\+?\\s*)+)");
    List<String> lines = new ArrayList<>();
    for (String room :
        List.of(
            "report",
            "figures",
            "store",
            "receiver",
            "checks",
            "jmx-exporter",
            "notifications",
            "webadmin",
            "mailet")) {
      try (Stream<Path> files = Files.walk(Path.of("..", room, "src/main/java"))) {
        for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
          call.matcher(Files.readString(file))
              .results()
              .map(
                  found ->
                      "| "
                          + found.group(1).toUpperCase(Locale.ROOT)
                          + " | `"
                          + found.group(2).strip().replaceAll("\"\\s*\\+\\s*\"|\"", "")
                          + "` |")
              .map(line -> line.replace("{}", "…"))
              .forEach(lines::add);
        }
      }
    }

    assertThat(lines).hasSizeGreaterThan(30);
    assertThat(matches("(?m)^(\\| [A-Z]+ \\| `.+?` \\|) ", table))
        .containsExactlyInAnyOrderElementsOf(lines);
  }

  /** James' own configuration shows nothing of ours below WARN. */
  @Test
  void logShouldBeTurnedOnAsInTheTestsOfTheServer() throws IOException {
    String line = "<logger name=\"io.tlsrpt\" level=\"INFO\"/>";

    assertThat(read("integration-tests/src/main/resources/io/tlsrpt/it/james/logback.xml"))
        .contains(line);
    assertThat(List.of(read("README.md"), read("docs/first-hour.md"), read("conf/README.md")))
        .allMatch(page -> page.contains(line));
  }

  /** The server makes the class by this name; the tests of the server do so with the sample. */
  @Test
  void pagesShouldBeSwitchedOnBySampleAndDocument() throws IOException {
    assertThat(List.of(read("conf/webadmin.properties"), read("docs/webadmin.md")))
        .allMatch(text -> text.contains("\nextensions.routes=io.tlsrpt.webadmin.TlsReportRoutes\n"))
        .allMatch(text -> text.indexOf("\ncors.origin=") < text.indexOf("\nextensions.routes="));
  }

  private static String read(String file) throws IOException {
    return Files.readString(Path.of("..").resolve(file));
  }

  private static List<String> matches(String regex, String text) {
    return Pattern.compile(regex).matcher(text).results().map(DocumentationTest::group).toList();
  }

  private static String group(MatchResult match) {
    return match.group(1);
  }
}
