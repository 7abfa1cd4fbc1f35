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
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/architecture.md names the rooms, packages and threads that exist, and no others. */
class ArchitectureTest {
  private static final Path ROOT = Path.of("..");

  private static final Pattern ROOM_IN_POM = Pattern.compile("<module>([^<]+)</module>");
  private static final Pattern ROOM_IN_PAGE = Pattern.compile("(?m)^([a-z][\\w./-]*)/  ");
  private static final Pattern PACKAGE_IN_SOURCES = Pattern.compile("(?m)^package ([\\w.]+);");
  private static final Pattern PACKAGE_IN_PAGE = Pattern.compile("(io\\.tlsrpt(?:\\.[a-z]+)+)");
  private static final Pattern THREAD_IN_SOURCES =
      Pattern.compile("\\.name\\(\"(tlsrpt-[a-z-]+)\"");
  private static final Pattern THREAD_IN_PAGE = Pattern.compile("`(tlsrpt-[a-z-]+)\\*?`");
  private static final Pattern CLASS_IN_PAGE = Pattern.compile("`([A-Z]\\w+)`");

  @Test
  void roomsOfThePageShouldBeTheModules() {
    Set<String> modules = rooms();

    Set<String> named = matches(ROOM_IN_PAGE, page());

    assertThat(named).isEqualTo(modules);
  }

  @Test
  void packagesOfThePageShouldBeThoseThatHaveAPageOfTheirOwn() {
    String described = text("src/main/java", "package-info.java"::equals);

    Set<String> named = matches(PACKAGE_IN_PAGE, page());

    assertThat(named).isNotEmpty().isEqualTo(matches(PACKAGE_IN_SOURCES, described));
  }

  @Test
  void threadsOfThePageShouldBeThoseThatAreMade() {
    String sources = text("src/main/java", name -> name.endsWith(".java"));

    Set<String> named = matches(THREAD_IN_PAGE, page());

    assertThat(named).isNotEmpty().isEqualTo(matches(THREAD_IN_SOURCES, sources));
  }

  @Test
  void everyClassOfThePageShouldExist() {
    Set<String> classes =
        files("src")
            .map(file -> file.getFileName().toString())
            .filter(name -> name.endsWith(".java"))
            .map(name -> name.replace(".java", ""))
            .collect(Collectors.toSet());

    Set<String> named = matches(CLASS_IN_PAGE, page());

    assertThat(named).isNotEmpty().isSubsetOf(classes);
  }

  private static String page() {
    return read(ROOT.resolve("docs/architecture.md"));
  }

  private static Set<String> rooms() {
    return matches(ROOM_IN_POM, read(ROOT.resolve("pom.xml")));
  }

  private static String text(String folder, Predicate<String> name) {
    return files(folder)
        .filter(file -> name.test(file.getFileName().toString()))
        .map(ArchitectureTest::read)
        .collect(Collectors.joining("\n"));
  }

  /** The files of a folder in all rooms that have it. */
  private static Stream<Path> files(String folder) {
    return rooms().stream()
        .map(room -> ROOT.resolve(room).resolve(folder))
        .filter(Files::isDirectory)
        .flatMap(found -> filesIn(found).stream());
  }

  private static List<Path> filesIn(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).toList();
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
