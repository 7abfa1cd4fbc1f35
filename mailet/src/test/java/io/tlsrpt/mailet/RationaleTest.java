// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.mailet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The decisions that RATIONALE.md tells in full are those that comments of the code name. */
class RationaleTest {
  private static final Path ROOT = Path.of("..");
  private static final Pattern ROOM = Pattern.compile("<module>([^<]+)</module>");
  private static final Pattern IN_SOURCES = Pattern.compile("RATIONALE: (.+)");
  private static final Pattern DECISION = Pattern.compile("(?m)^### (.+)$");
  private static final Pattern PARTS =
      Pattern.compile(
          "(?s).*\\*\\*Context\\.\\*\\*.*\\*\\*Alternatives\\.\\*\\*.*\\*\\*Consequence\\.\\*\\*"
              + ".*\\*\\*Look again when\\*\\*.*");

  @Test
  void decisionsShouldBeThoseThatTheSourcesName() throws IOException {
    StringBuilder sources = new StringBuilder();
    for (String room : matches(ROOM, Files.readString(ROOT.resolve("pom.xml")))) {
      for (Path file : javaFiles(ROOT.resolve(room).resolve("src/main"))) {
        sources.append(Files.readString(file)).append('\n');
      }
    }

    Set<String> named = matches(IN_SOURCES, sources.toString());

    assertThat(named).hasSize(11).isEqualTo(matches(DECISION, page()));
  }

  @Test
  void everyDecisionShouldSayWhyAndWhenToLookAgain() throws IOException {
    Stream<String> decisions = Pattern.compile("(?m)^#+ ").splitAsStream(page());

    assertThat(decisions.filter(text -> text.contains("**Context.**")))
        .hasSize(11)
        .allMatch(text -> PARTS.matcher(text).matches());
  }

  private static String page() throws IOException {
    return Files.readString(ROOT.resolve("RATIONALE.md"));
  }

  private static List<Path> javaFiles(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".java")).toList();
    }
  }

  private static Set<String> matches(Pattern pattern, String text) {
    Set<String> found = new TreeSet<>();
    pattern.matcher(text).results().forEach(match -> found.add(match.group(1)));
    return found;
  }
}
