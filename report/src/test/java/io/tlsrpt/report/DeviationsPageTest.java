// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** docs/deviations.md says of each deviation what its comment says, in the same order. */
class DeviationsPageTest {
  private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-z0-9-]+)` \\| (.+) \\|$");
  private static final Pattern CONSTANT =
      Pattern.compile("(?s)/\\*\\*((?:(?!\\*/).)*)\\*/\\s+([A-Z0-9_]+)[,;]");

  @Test
  void everyDeviationShouldHaveItsRowInTheOrderOfTheConstants() throws IOException {
    assertThat(rows()).extracting(Explained::key).isEqualTo(keys());
  }

  @Test
  void rowsShouldSayWhatTheCommentsSay() throws IOException {
    assertThat(rows()).isEqualTo(comments());
  }

  private record Explained(String key, String text) {}

  private static List<String> keys() {
    return Arrays.stream(Deviation.values()).map(Deviation::key).toList();
  }

  private static List<Explained> rows() throws IOException {
    return ROW.matcher(Files.readString(Path.of("../docs/deviations.md")))
        .results()
        .map(row -> new Explained(row.group(1), row.group(2)))
        .toList();
  }

  private static List<Explained> comments() throws IOException {
    String source =
        Files.readString(Path.of("src/main/java/io/tlsrpt/report/Deviation.java"))
            .replaceFirst("(?s).*public enum", "");
    return CONSTANT
        .matcher(source)
        .results()
        .map(
            constant ->
                new Explained(
                    Deviation.valueOf(constant.group(2)).key(), asInThePage(constant.group(1))))
        .toList();
  }

  private static String asInThePage(String comment) {
    return comment.replaceAll("\\s+\\*?\\s*", " ").strip().replaceAll("\\{@code ([^}]*)}", "`$1`");
  }
}
