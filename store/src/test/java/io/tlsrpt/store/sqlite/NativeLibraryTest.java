// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store.sqlite;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tlsrpt.testing.SmallDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The driver loads its library once for each JVM, so each case has a JVM of its own. */
class NativeLibraryTest {
  @TempDir Path directory;

  @Test
  void usualTemporaryDirectoryShouldBeUsed() throws Exception {
    Path temporary = Files.createDirectories(directory.resolve("tmp"));

    assertThat(open("-Djava.io.tmpdir=" + temporary)).isEqualTo("opened by the driver's choice");
  }

  @Test
  void missingTemporaryDirectoryShouldBeReplacedByOurs() throws Exception {
    assertThat(open("-Djava.io.tmpdir=" + directory.resolve("missing")))
        .isEqualTo("opened by " + directory.resolve("var"));
  }

  @Test
  void directoryThatForbidsExecutionShouldBeReplacedByOurs() throws Exception {
    Optional<SmallDisk> mounted = SmallDisk.mountNoexec(directory.resolve("noexec"), 32);
    assumeTrue(
        mounted.isPresent() || "true".equals(System.getenv("CI")), "only root can mount a disk");
    try (SmallDisk disk = mounted.orElseThrow()) {
      assertThat(open("-Djava.io.tmpdir=" + disk.directory()))
          .isEqualTo("opened by " + directory.resolve("var"));
    }
  }

  @Test
  void administratorsChoiceShouldBeLeftAlone() throws Exception {
    Path chosen = Files.createDirectories(directory.resolve("chosen"));

    assertThat(
            open(
                "-Djava.io.tmpdir=" + directory.resolve("missing"),
                "-Dorg.sqlite.tmpdir=" + chosen))
        .isEqualTo("opened by " + chosen);
  }

  /** Opens a database in {@code var}, in a JVM of its own. */
  private String open(String... options) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(options));
    command.addAll(
        List.of(
            "-classpath",
            System.getProperty("java.class.path"),
            OpenDatabase.class.getName(),
            directory.resolve("var").resolve("reports.db").toString()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    process.waitFor();
    return output.lines().reduce((first, last) -> last).orElse("");
  }

  /** What runs in the other JVM. */
  static final class OpenDatabase {
    private OpenDatabase() {}

    /** Opens the database whose file is the argument. */
    public static void main(String[] args) throws Exception {
      SqliteDatabase.of(Path.of(args[0])).open().close();
      System.out.println(
          "opened by " + System.getProperty("org.sqlite.tmpdir", "the driver's choice"));
    }
  }
}
