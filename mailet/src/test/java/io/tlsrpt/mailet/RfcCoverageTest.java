// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.mailet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * docs/rfc8460.md names the same sections of the RFC as the sources, and only classes that exist.
 */
class RfcCoverageTest {
  private static final Path ROOT = Path.of("..");
  private static final List<String> ROOMS =
      List.of("report", "figures", "store", "dkim", "view", "receiver", "jmx-exporter", "mailet");
  private static final Pattern IN_SOURCES =
      Pattern.compile("(?:RFC 8460 §|rfc8460#section-)(\\d+(?:\\.\\d+)*)");
  private static final Pattern IN_PAGE = Pattern.compile("(?m)^\\| (\\d+(?:\\.\\d+)*) \\|");
  private static final Pattern CLASS = Pattern.compile("`([A-Z]\\w+)`");

  @Test
  void everySectionOfTheSourcesShouldBeInThePageAndTheOtherWayRound() throws IOException {
    assertThat(matches(IN_PAGE, page()))
        .isNotEmpty()
        .isEqualTo(matches(IN_SOURCES, String.join("\n", sources("src/main/java"))));
  }

  @Test
  void everyClassOfThePageShouldExist() throws IOException {
    Set<String> classes = new TreeSet<>();
    for (String room : ROOMS) {
      try (Stream<Path> files = Files.walk(ROOT.resolve(room).resolve("src"))) {
        files
            .map(file -> file.getFileName().toString())
            .filter(name -> name.endsWith(".java"))
            .forEach(name -> classes.add(name.replace(".java", "")));
      }
    }

    assertThat(classes).containsAll(matches(CLASS, page()));
  }

  private static String page() throws IOException {
    return Files.readString(ROOT.resolve("docs/rfc8460.md"));
  }

  private static List<String> sources(String folder) {
    try (Stream<Path> rooms = ROOMS.stream().map(room -> ROOT.resolve(room).resolve(folder))) {
      return rooms.flatMap(RfcCoverageTest::javaFiles).map(RfcCoverageTest::read).toList();
    }
  }

  private static Stream<Path> javaFiles(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Set<String> matches(Pattern pattern, String text) {
    Set<String> found = new TreeSet<>();
    pattern.matcher(text).results().forEach(match -> found.add(match.group(1)));
    return found;
  }
}
