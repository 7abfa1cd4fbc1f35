// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.mailet;

import static org.assertj.core.api.Assertions.assertThat;

import io.tlsrpt.figures.DeferralReason;
import io.tlsrpt.figures.RejectionReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What users write and read stands in the documents, and nothing else does. */
class DocumentationTest {
  @Test
  void everyParameterShouldBeInTheReadme() throws IOException {
    String settings = read("README.md").replaceAll("(?s).*## Settings|\n## What is ignored.*", "");

    assertThat(matches("(?m)^\\| `(\\w+)`", settings))
        .containsExactlyInAnyOrderElementsOf(Parameters.NAMES);
  }

  @Test
  void everyParameterShouldBeInTheSampleConfiguration() throws IOException {
    String block =
        read("conf/mailetcontainer.xml")
            .replaceAll(
                "(?s).*class=\"io.tlsrpt.mailet.TlsReportMailet\">|\n      </mailet>.*", "");

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
