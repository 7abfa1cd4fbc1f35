// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.mailet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The script {@code ./check}, which a contributor runs first, and the rooms it knows. */
class CheckTest {
  private static final Path ROOT = Path.of("..");

  @Test
  void unknownRoomShouldBeAnsweredWithThoseThereAre() throws IOException, InterruptedException {
    Process check =
        new ProcessBuilder(ROOT.resolve("check").toString(), "cellar")
            .redirectErrorStream(true)
            .start();
    String output = new String(check.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(check.waitFor()).isEqualTo(2);
    assertThat(output).contains("no room \"cellar\"").contains(rooms());
  }

  @Test
  void contributorsShouldBeToldOfEveryRoom() throws IOException {
    String page = Files.readString(ROOT.resolve("CONTRIBUTING.md"));

    assertThat(rooms())
        .hasSizeGreaterThan(7)
        .filteredOn(room -> !room.contains("/"))
        .allSatisfy(room -> assertThat(page).contains("`" + room + "`"));
  }

  private static List<String> rooms() throws IOException {
    String pom = Files.readString(ROOT.resolve("pom.xml"));
    return Pattern.compile("<module>(.+?)</module>")
        .matcher(pom.substring(0, pom.indexOf("</modules>")))
        .results()
        .map(module -> module.group(1))
        .toList();
  }
}
