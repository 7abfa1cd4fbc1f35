// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.testing;

import static java.util.Objects.requireNonNull;

import java.io.File;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.tukaani.xz.XZInputStream;

/** Where the programs of PostgreSQL come from: {@code initdb}, {@code pg_ctl}, {@code postgres}. */
enum PostgresPrograms {
  /** Those of the build: the same release on each machine, and nothing to install. */
  OF_THE_BUILD {
    @Override
    Path directory(Path forUnpacking) throws IOException {
      try (InputStream packed = PostgresPrograms.class.getResourceAsStream("/" + archive())) {
        if (packed == null) {
          throw new FileNotFoundException("no " + archive());
        }
        Path unpacked = Files.createDirectory(forUnpacking.resolve("programs"));
        unpack(new XZInputStream(packed), unpacked);
        return unpacked.resolve("bin");
      }
    }
  },

  /** Those of the machine: Debian's packages, or whatever is on the PATH. */
  INSTALLED {
    @Override
    Path directory(Path forUnpacking) throws IOException {
      return Stream.concat(newestFirst(Path.of("/usr/lib/postgresql")), path())
          .filter(directory -> Files.isExecutable(directory.resolve("initdb")))
          .filter(directory -> Files.isExecutable(directory.resolve("pg_ctl")))
          .findFirst()
          .orElseThrow(() -> new FileNotFoundException("none"));
    }
  };

  /**
   * The directory of the programs.
   *
   * @param forUnpacking for the programs of the build; they are deleted with it
   */
  abstract Path directory(Path forUnpacking) throws IOException;

  /** What the build has for this machine, as the publisher names it. */
  private static String archive() {
    String system = System.getProperty("os.name").startsWith("Mac") ? "darwin" : "linux";
    String processor = System.getProperty("os.arch").equals("aarch64") ? "arm_64" : "x86_64";
    return "postgres-%s-%s.txz".formatted(system, processor);
  }

  /** By tar, which knows the links between libraries. */
  private static void unpack(InputStream archive, Path directory) throws IOException {
    Process tar =
        new ProcessBuilder("tar", "-x", "-f", "-", "-C", directory.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (OutputStream out = tar.getOutputStream()) {
      archive.transferTo(out);
    }
    if (tar.onExit().join().exitValue() != 0) {
      throw new IOException("tar cannot unpack it");
    }
  }

  /** Debian has a directory for each major release. */
  private static Stream<Path> newestFirst(Path releases) throws IOException {
    if (!Files.isDirectory(releases)) {
      return Stream.empty();
    }
    Stream.Builder<Path> found = Stream.builder();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(releases, "[0-9]*")) {
      entries.forEach(found);
    }
    return found
        .build()
        .sorted(Comparator.comparingInt(PostgresPrograms::release).reversed())
        .map(release -> release.resolve("bin"));
  }

  private static int release(Path directory) {
    String name = requireNonNull(directory.getFileName()).toString();
    return Integer.parseInt(name.replaceAll("\\D.*", ""));
  }

  private static Stream<Path> path() {
    return Optional.ofNullable(System.getenv("PATH")).stream()
        .flatMap(path -> Stream.of(path.split(File.pathSeparator, -1)))
        .filter(entry -> !entry.isEmpty())
        .map(Path::of);
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
