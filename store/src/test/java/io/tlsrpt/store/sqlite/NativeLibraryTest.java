// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store.sqlite;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tlsrpt.testing.SmallDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteJDBCLoader;

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

  @Test
  void failureShouldSayWhatHelpsEachTime() throws Exception {
    String unknown = "-Dorg.sqlite.osinfo.architecture=s390x";
    String jar = "put sqlite-jdbc-" + SQLiteJDBCLoader.getVersion() + ".jar beside it";
    Path none = directory.resolve("missing");

    assertThat(output(unknown))
        .filteredOn(line -> line.startsWith("there is no native library of SQLite for "))
        .hasSize(2)
        .allSatisfy(line -> assertThat(line).contains("/s390x in this jar; " + jar));
    assertThat(output("-Dorg.sqlite.tmpdir=" + none))
        .filteredOn(line -> line.startsWith("SQLite's native library cannot be loaded: make "))
        .hasSize(2);
  }

  /** Opens a database in {@code var}, in a JVM of its own, and says how. */
  private String open(String... options) throws IOException, InterruptedException {
    return output(options).getLast();
  }

  private List<String> output(String... options) throws IOException, InterruptedException {
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
    return output.lines().toList();
  }

  /** What runs in the other JVM. */
  static final class OpenDatabase {
    private OpenDatabase() {}

    /** Opens the database whose file is the argument, and tries once more if that fails. */
    public static void main(String[] args) throws Exception {
      if (!open(Path.of(args[0]))) {
        open(Path.of(args[0]));
      }
    }

    private static boolean open(Path file) throws IOException {
      try {
        SqliteDatabase.of(file).open().close();
        System.out.println(
            "opened by " + System.getProperty("org.sqlite.tmpdir", "the driver's choice"));
        return true;
      } catch (SQLException e) {
        System.out.println(e.getMessage());
        return false;
      }
    }
  }
}
