// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.benchmarks.store;

import io.tlsrpt.store.Node;
import io.tlsrpt.store.ReportStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A place for a database, below {@code target}: on a disk, where /tmp may be memory. */
public record ScratchDirectory(Path path) {
  public static ScratchDirectory make() {
    try {
      Path target = Files.createDirectories(Path.of("target"));
      return new ScratchDirectory(Files.createTempDirectory(target, "store"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path file(String name) {
    return path.resolve(name);
  }

  Path database() {
    return file("reports.db");
  }

  ReportStore store(String synchronous) {
    return BenchmarkStore.open(url(synchronous), Node.ALONE);
  }

  public String url(String synchronous) {
    return "jdbc:sqlite:" + database() + "?synchronous=" + synchronous;
  }

  public void delete() {
    try (Stream<Path> inside = Files.list(path)) {
      List<Path> files = inside.toList();
      for (Path file : files) {
        Files.delete(file);
      }
      Files.delete(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
