// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.receiver.imports;

import static io.tlsrpt.receiver.imports.ImportFixture.NOW;
import static io.tlsrpt.receiver.imports.ImportFixture.daily;
import static io.tlsrpt.receiver.imports.ImportFixture.fill;
import static io.tlsrpt.receiver.imports.ImportFixture.open;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tlsrpt.figures.DomainState;
import io.tlsrpt.figures.DomainTotals;
import io.tlsrpt.figures.FailureKind;
import io.tlsrpt.figures.history.ReportQuery;
import io.tlsrpt.report.DomainName;
import io.tlsrpt.store.KnownKey;
import io.tlsrpt.store.NewReport;
import io.tlsrpt.store.ReportStore;
import io.tlsrpt.store.StoreOutcome.AlreadyStored;
import io.tlsrpt.testing.FreshDatabase;
import io.tlsrpt.testing.OldDatabase;
import io.tlsrpt.testing.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What an import makes of the files of servers, in both kinds of databases. */
@Tag("slow")
class DatabaseImportTest {
  @TempDir Path directory;

  private final ImportFixture command = new ImportFixture();
  private Optional<FreshDatabase> database = Optional.empty();

  /** The kinds of databases. */
  enum Kind {
    SQLITE,
    POSTGRESQL
  }

  @AfterEach
  void drop() {
    database.ifPresent(FreshDatabase::close);
  }

  private String newTarget(Kind kind) {
    if (kind == Kind.SQLITE) {
      return "jdbc:sqlite:" + directory.resolve("target.db");
    }
    database = Optional.of(PostgresServer.shared().newDatabase());
    return database.get().url();
  }

  private Path file(String name) {
    return directory.resolve(name);
  }

  private static Set<DomainState> states(String url) {
    try (ReportStore store = open(url)) {
      return Set.copyOf(store.domains());
    }
  }

  private static Set<DomainState> states(Path file) {
    return states("jdbc:sqlite:" + file);
  }

  /** Ids and contributions; each database has numbers of its own. */
  private static List<Tuple> stored(String url) {
    List<Tuple> stored = new ArrayList<>();
    try (ReportStore store = open(url)) {
      store.read(
          ReportQuery.newest(10_000),
          report -> stored.add(tuple(report.reportId(), report.contribution())));
    }
    return stored;
  }

  @ParameterizedTest
  @EnumSource
  void filesOfServersShouldBecomeWhatOneServerWouldHave(Kind kind) {
    List<NewReport> all = daily(60);
    fill(file("all.db"), all);
    fill(file("1.db"), IntStream.range(0, 60).filter(i -> i % 2 == 0).mapToObj(all::get).toList());
    fill(
        file("2.db"),
        IntStream.range(0, 60).filter(i -> i % 2 == 1 || i % 6 == 0).mapToObj(all::get).toList());
    String target = newTarget(kind);

    assertThat(command.run("--to", target, file("1.db").toString(), file("2.db").toString()))
        .as(command.said())
        .isZero();

    assertThat(command.said())
        .contains("60 reports imported, 10 were there already, 0 refused, 0 damaged")
        .contains("has 60 reports about 2 domains now");
    assertThat(states(target)).isEqualTo(states(file("all.db")));
    assertThat(stored(target)).containsExactlyElementsOf(stored("jdbc:sqlite:" + file("all.db")));
  }

  @ParameterizedTest
  @EnumSource
  void secondRunShouldChangeNothing(Kind kind) throws IOException {
    fill(file("1.db"), daily(30));
    deleteBefore(file("1.db"), 20);
    byte[] before = Files.readAllBytes(file("1.db"));
    String target = newTarget(kind);
    command.run("--to", target, file("1.db").toString());
    Set<DomainState> states = states(target);

    assertThat(command.run("--to", target, file("1.db").toString())).isZero();

    assertThat(command.said()).contains("0 reports imported, 20 were there already");
    assertThat(states(target)).isEqualTo(states);
    assertThat(file("1.db")).hasBinaryContent(before);
    assertThat(file("1.db-wal")).doesNotExist();
    assertThat(file("1.db-shm")).doesNotExist();
  }

  @ParameterizedTest
  @EnumSource
  void totalsOfDeletedReportsShouldComeAlongOnce(Kind kind) {
    List<NewReport> all = daily(60);
    fill(file("all.db"), all);
    fill(file("1.db"), all.subList(0, 50));
    deleteBefore(file("1.db"), 40);
    String target = newTarget(kind);

    assertThat(command.run("--to", target, file("1.db").toString())).isZero();
    assertThat(command.said()).contains("30 reports, and the totals of 24 older ones");
    fill(file("1.db"), all.subList(50, 60));
    deleteBefore(file("1.db"), 30);
    assertThat(command.run("--to", target, "--merge", file("1.db").toString())).isZero();

    assertThat(command.said())
        .contains("many of which are known already")
        .contains("10 reports imported, 20 were there already");
    Set<DomainState> whole = states(file("all.db"));
    assertThat(totals(states(target))).isEqualTo(totals(whole));
    assertThat(firstSeen(states(target))).isEqualTo(firstSeen(whole));
    try (ReportStore store = open(target)) {
      assertThat(store.commit(List.of(all.getFirst()))).containsExactly(new AlreadyStored(true));
    }
  }

  @ParameterizedTest
  @EnumSource
  void copiesOfOneDatabaseShouldCountOnce(Kind kind) throws IOException {
    List<NewReport> all = daily(60);
    fill(file("all.db"), all);
    fill(file("older.db"), all.subList(0, 50));
    deleteBefore(file("older.db"), 40);
    Files.copy(file("older.db"), file("newer.db"));
    fill(file("newer.db"), all.subList(50, 60));
    deleteBefore(file("newer.db"), 30);
    String target = newTarget(kind);

    assertThat(
            command.run("--to", target, file("older.db").toString(), file("newer.db").toString()))
        .isZero();

    assertThat(totals(states(target))).isEqualTo(totals(states(file("all.db"))));
  }

  private static void deleteBefore(Path file, int days) {
    try (ReportStore store = open(file)) {
      store.deleteReports(NOW.minus(Duration.ofDays(days)), 1_000);
    }
  }

  private static Set<DomainTotals> totals(Set<DomainState> states) {
    return map(states, DomainState::totals);
  }

  private static Set<LocalDate> firstSeen(Set<DomainState> states) {
    return map(
        states,
        state -> requireNonNull(state.failures().get(FailureKind.CERTIFICATE_EXPIRED)).firstSeen());
  }

  private static <T> Set<T> map(Set<DomainState> states, Function<DomainState, T> value) {
    return states.stream().map(value).collect(Collectors.toSet());
  }

  @ParameterizedTest
  @EnumSource
  void olderReportsShouldOnlyCountInTheTotals(Kind kind) {
    List<NewReport> all = daily(60);
    fill(file("1.db"), all);
    String target = newTarget(kind);

    assertThat(command.run("--to", target, "--since", "30 days", file("1.db").toString())).isZero();

    assertThat(stored(target)).hasSize(36);
    assertThat(totals(states(target))).isEqualTo(totals(states(file("1.db"))));
    try (ReportStore store = open(target)) {
      assertThat(store.commit(List.of(all.getFirst()))).containsExactly(new AlreadyStored(true));
    }
    // A further run without --since cannot change that: those reports are counted.
    command.run("--to", target, "--merge", file("1.db").toString());
    assertThat(totals(states(target))).isEqualTo(totals(states(file("1.db"))));
  }

  @ParameterizedTest
  @EnumSource
  void databaseOfReleaseOneShouldBeImported(Kind kind) {
    OldDatabase.copyTo(file("old.db"));
    String target = newTarget(kind);

    assertThat(command.run("--to", target, file("old.db").toString())).isZero();

    assertThat(withoutRecentDays(states(target)))
        .isEqualTo(withoutRecentDays(states(file("old.db"))));
  }

  /** Release 1.0.0 kept a day less of them. */
  private static Set<List<Object>> withoutRecentDays(Set<DomainState> states) {
    return map(
        states,
        state -> List.of(state.domain(), state.totals(), state.reporters(), state.failures()));
  }

  @Test
  void keysShouldComeAlong() {
    KnownKey older =
        new KnownKey(
            "s._domainkey.a.example", new DomainName("a.example"), "p=1", day("2026-10-01"), 3);
    KnownKey newer =
        new KnownKey(
            "s._domainkey.a.example", new DomainName("a.example"), "p=2", day("2026-11-01"), 1);
    try (ReportStore one = open(file("1.db"));
        ReportStore two = open(file("2.db"))) {
      one.keepKeys(List.of(newer), List.of());
      two.keepKeys(List.of(older), List.of());
    }

    command.run("--to", file("target.db").toString(), file("1.db").toString(), "" + file("2.db"));

    try (ReportStore target = open(file("target.db"))) {
      assertThat(target.knownKeys()).containsExactly(newer);
    }
  }

  private static LocalDate day(String day) {
    return LocalDate.parse(day);
  }

  @ParameterizedTest
  @EnumSource
  void reportsOfServerShouldBeMergedWithOnlyIfWanted(Kind kind) {
    fill(file("1.db"), daily(10));
    String target = newTarget(kind);
    try (ReportStore store = open(target)) {
      store.commit(List.of(daily(20).getFirst()));
    }

    assertThat(command.run("--to", target, file("1.db").toString())).isOne();
    assertThat(command.said()).contains("has reports that a James stored; with --merge");

    assertThat(command.run("--to", target, "--merge", file("1.db").toString())).isZero();
    assertThat(command.said()).contains("has 11 reports");
  }

  @Test
  void fileThatIsNoDatabaseOfReportsShouldBeNamed() throws IOException {
    Files.writeString(file("text.db"), "no database");
    fill(file("1.db"), daily(1));

    assertThat(command.run("--to", file("t.db").toString(), file("text.db").toString())).isOne();
    assertThat(command.said()).contains("text.db: it is corrupt, or is no database");
    assertThat(command.run("--to", file("t.db").toString(), file("none.db").toString())).isOne();
    assertThat(command.said()).contains("none.db: there is no such file");
    assertThat(command.run("--to", "" + file("1.db"), "--merge", "" + file("1.db"))).isOne();
    assertThat(command.said()).contains("cannot be imported into itself");
  }

  @Test
  void passwordShouldBeAskedForIfTheDatabaseWantsOne() {
    String url = newTarget(Kind.POSTGRESQL);
    Matcher password = Pattern.compile("&?password=([^&]*)").matcher(url);
    assertThat(password.find()).isTrue();
    fill(file("1.db"), daily(1));
    command.type(password.group(1));

    assertThat(command.run("--to", password.replaceFirst(""), file("1.db").toString())).isZero();
    assertThat(command.said())
        .contains("Password for PostgreSQL at ")
        .contains("1 reports imported")
        .doesNotContain(password.group(1));
  }

  @Test
  void refusedLoginShouldBeToldWithoutThePassword() {
    String target = newTarget(Kind.POSTGRESQL).replaceFirst("password=[^&]*", "password=secret");
    fill(file("1.db"), daily(1));

    assertThat(command.run("--to", target, file("1.db").toString())).isOne();
    assertThat(command.said()).contains("it refuses the login").doesNotContain("secret");
  }
}
