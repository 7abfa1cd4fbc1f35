// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.mailet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The documents are connected: the map names every page, and every link has a target. */
class PagesTest {
  private static final Path ROOT = Path.of("..");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
  private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.+)$");
  private static final Pattern CODE = Pattern.compile("(?s)```.*?```");

  @Test
  void mapShouldNameEveryPage() throws IOException {
    List<String> linked = matches(LINK, read(ROOT.resolve("docs/README.md")));

    assertThat(pages("docs", 1)).hasSizeGreaterThan(7);
    assertThat(linked)
        .containsAll(
            pages("docs", 1).stream()
                .map(page -> page.getFileName().toString())
                .filter(page -> !page.equals("README.md"))
                .toList());
  }

  @Test
  void everyLinkShouldLeadSomewhere() throws IOException {
    List<Path> pages = new ArrayList<>(pages("", 1));
    pages.addAll(pages("docs", 1));
    pages.addAll(pages("conf", 1));
    pages.addAll(pages("benchmarks", 1));
    List<String> broken = new ArrayList<>();
    for (Path page : pages) {
      for (String link : matches(LINK, CODE.matcher(read(page)).replaceAll(""))) {
        if (!link.startsWith("https://") && !leadsSomewhere(page, link)) {
          broken.add(page + ": " + link);
        }
      }
    }

    assertThat(broken).isEmpty();
  }

  private static boolean leadsSomewhere(Path page, String link) throws IOException {
    int hash = (link + '#').indexOf('#');
    Path target = hash == 0 ? page : page.resolveSibling(link.substring(0, hash));
    return Files.exists(target)
        && (hash == link.length() || anchors(target).contains(link.substring(hash + 1)));
  }

  /** The anchors that forges make from the headings of a page. */
  private static List<String> anchors(Path page) throws IOException {
    return matches(HEADING, CODE.matcher(read(page)).replaceAll("")).stream()
        .map(heading -> heading.toLowerCase(Locale.ROOT).replaceAll("[^\\w\\- ]", ""))
        .map(heading -> heading.replace(' ', '-'))
        .toList();
  }

  private static List<Path> pages(String folder, int depth) throws IOException {
    try (Stream<Path> files = Files.walk(ROOT.resolve(folder), depth)) {
      return files.filter(file -> file.toString().endsWith(".md")).sorted().toList();
    }
  }

  private static String read(Path page) throws IOException {
    return Files.readString(page);
  }

  private static List<String> matches(Pattern pattern, String text) {
    return pattern.matcher(text).results().map(PagesTest::group).toList();
  }

  private static String group(MatchResult match) {
    return match.group(1);
  }
}
