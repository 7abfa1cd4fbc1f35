// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.benchmarks;

import io.tlsrpt.figures.FailureWindow;
import io.tlsrpt.figures.ReporterLimit;
import io.tlsrpt.store.DomainStanding;
import io.tlsrpt.store.Node;
import io.tlsrpt.store.ReportStore;
import io.tlsrpt.store.StoreLimits;
import io.tlsrpt.store.StoreRules;
import io.tlsrpt.store.url.DatabaseUrl;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;

/** A place for a database, below {@code target}: on a disk, where /tmp may be memory. */
record ScratchDirectory(Path path) {
  private static final StoreLimits LIMITS =
      new StoreLimits(
          10_000, new ReporterLimit(200, reporter -> reporter), domain -> DomainStanding.NAMED);

  static ScratchDirectory make() {
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
    return DatabaseUrl.parse("jdbc:sqlite:" + database() + "?synchronous=" + synchronous)
        .orElseThrow()
        .open(
            new StoreRules(LIMITS, FailureWindow.DEFAULT, reporter -> true),
            Node.ALONE,
            InstantSource.system());
  }

  void delete() {
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
