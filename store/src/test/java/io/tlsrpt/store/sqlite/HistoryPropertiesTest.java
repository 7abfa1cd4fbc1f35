// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.tlsrpt.figures.FailureWindow;
import io.tlsrpt.figures.ReporterLimit;
import io.tlsrpt.store.DomainStanding;
import io.tlsrpt.store.InMemoryReportStore;
import io.tlsrpt.store.Play;
import io.tlsrpt.store.ReportStore;
import io.tlsrpt.store.Step;
import io.tlsrpt.store.StoreHealth;
import io.tlsrpt.store.StoreLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;

/** After every step of any history, the figures are those of a plain and slow model. */
@Tag("slow")
class HistoryPropertiesTest {
  private static final StoreLimits ROOM =
      new StoreLimits(
          100, new ReporterLimit(100, UnaryOperator.identity()), domain -> DomainStanding.NAMED);

  @Property(tries = 1_000)
  void figuresShouldEqualThoseOfThePlainModel(@ForAll("histories") List<Step> history) {
    List<ReportStore> one = new ArrayList<>();

    new Play(
            clock -> {
              if (one.isEmpty()) {
                one.add(new InMemoryReportStore(ROOM, FailureWindow.DEFAULT, clock));
              }
              return one.getFirst();
            })
        .play(history);
  }

  @Property(tries = 150)
  void figuresOutOfADatabaseShouldEqualThoseOfThePlainModel(@ForAll("histories") List<Step> history)
      throws IOException {
    Path directory = Files.createTempDirectory("histories");
    try {
      new Play(clock -> open(directory.resolve("reports.db"), clock)).play(history);
    } finally {
      delete(directory);
    }
  }

  @Provide
  Arbitrary<List<Step>> histories() {
    return Step.histories();
  }

  private static ReportStore open(Path file, InstantSource clock) {
    SqliteDatabase database =
        SqliteDatabase.parse("jdbc:sqlite:" + file + "?synchronous=NORMAL").orElseThrow();
    ReportStore store =
        SqliteReportStore.open(database, ROOM, FailureWindow.DEFAULT, reporter -> true, clock);
    assertThat(store.health()).isEqualTo(new StoreHealth.Available());
    return store;
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
