// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store.sqlite;

import static io.tlsrpt.store.StoredReports.RECEIPT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tlsrpt.figures.FailureWindow;
import io.tlsrpt.figures.ReporterLimit;
import io.tlsrpt.report.DomainName;
import io.tlsrpt.store.DomainStanding;
import io.tlsrpt.store.StoreHealth.Available;
import io.tlsrpt.store.StoreHealth.Unavailable;
import io.tlsrpt.store.StoreLimits;
import io.tlsrpt.store.StoreOutcome;
import io.tlsrpt.store.StoreOutcome.AlreadyStored;
import io.tlsrpt.store.StoreOutcome.Stored;
import io.tlsrpt.store.StoreUnavailableException;
import io.tlsrpt.store.StoredReports;
import io.tlsrpt.testing.SmallDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Broken databases and disks: nothing is half stored, the reason is shown, and the store recovers
 * without help.
 */
@Tag("slow")
class BrokenDatabaseTest {
  private static final DomainName DOMAIN = new DomainName("a.example");

  @TempDir Path directory;

  @SuppressWarnings("NullAway.Init")
  private SqliteReportStore store;

  private SqliteReportStore open(Path file) {
    store =
        SqliteReportStore.open(
            SqliteDatabase.of(file),
            new StoreLimits(
                10_000,
                new ReporterLimit(200, reporter -> reporter),
                domain -> DomainStanding.NAMED),
            FailureWindow.DEFAULT,
            reporter -> true,
            InstantSource.fixed(RECEIPT));
    return store;
  }

  @AfterEach
  void close() {
    store.close();
  }

  private Path file() {
    return directory.resolve("reports.db");
  }

  @Test
  void lockedDatabaseShouldBeWaitedFor() throws SQLException {
    open(file());
    assertThat(commit("1")).isEqualTo(new Stored(false));
    try (Connection other = connect();
        Statement statement = other.createStatement()) {
      statement.execute("BEGIN EXCLUSIVE");
      assertUnavailable("another process holds a lock on it");
      assertThat(store.domain(DOMAIN).totals().reports()).isEqualTo(1);
      // Back-off: the next commit fails at once and does not wait for the lock again.
      long before = System.nanoTime();
      assertUnavailable("another process holds a lock on it");
      assertThat(System.nanoTime() - before).isLessThan(Duration.ofMillis(500).toNanos());
      statement.execute("ROLLBACK");
    }

    recover();
    assertThat(commit("2")).isEqualTo(new Stored(false));
    assertThat(commit("1")).isEqualTo(new AlreadyStored(true));
  }

  @Test
  void databaseLockedAtTheStartShouldBeOpenedLater() throws SQLException {
    open(file());
    commit("1");
    store.close();
    try (Connection other = connect();
        Statement statement = other.createStatement()) {
      statement.execute("BEGIN EXCLUSIVE");
      open(file());
      assertThat(store.health()).isInstanceOf(Unavailable.class);
      assertThat(store.domains()).isEmpty();
    }

    recover();
    assertThat(store.domain(DOMAIN).totals().reports()).isEqualTo(1);
  }

  @Test
  void fileThatIsGoneShouldBeWaitedForAndNoneBegunInItsPlace() throws Exception {
    open(file());
    commit("1");
    Path elsewhere = directory.resolve("elsewhere.db");
    Files.move(file(), elsewhere);

    assertUnavailable("the file is gone");
    assertThat(file()).doesNotExist();
    assertThat(store.domain(DOMAIN).totals().reports()).isEqualTo(1);

    Files.move(elsewhere, file());
    recover();
    assertThat(commit("1")).isEqualTo(new AlreadyStored(true));
    assertThat(commit("2")).isEqualTo(new Stored(false));
    store.close();
    assertThat(open(file()).domain(DOMAIN).totals().reports()).isEqualTo(2);
  }

  @Test
  void fileThatWasDeletedShouldBeBegunAnewAtTheNextStart() throws Exception {
    open(file());
    commit("1");
    Files.delete(file());
    assertUnavailable("the file is gone");
    store.close();

    open(file());
    assertThat(store.domains()).isEmpty();
    assertThat(commit("1")).isEqualTo(new Stored(false));
  }

  @Test
  void backupShouldBeTakenAsItIs() throws Exception {
    open(file());
    commit("1");
    store.close();
    Path backup = directory.resolve("backup.db");
    Files.copy(file(), backup);
    open(file());
    commit("2");
    store.close();

    Files.move(backup, file(), StandardCopyOption.REPLACE_EXISTING);
    open(file());
    assertThat(commit("3")).isEqualTo(new Stored(false));
    assertThat(store.domain(DOMAIN).totals().reports()).isEqualTo(2);
    assertThat(commit("2")).isEqualTo(new Stored(false));
  }

  @Test
  void corruptFileShouldBeSetAsideAtTheStart() throws Exception {
    Files.writeString(file(), "This is no database. ".repeat(1_000));
    open(file());
    assertThat(store.health())
        .isInstanceOfSatisfying(
            Unavailable.class,
            outage ->
                assertThat(outage.error())
                    .contains("it is corrupt", "renamed to", "reports.db.corrupt-"));

    recover();
    assertThat(commit("1")).isEqualTo(new Stored(false));
    assertThat(corruptFiles())
        .singleElement()
        .satisfies(aside -> assertThat(aside).content().startsWith("This is no database."));
  }

  @Test
  void figuresShouldOutliveAFileThatBecomesCorrupt() throws Exception {
    open(file());
    commit("1");
    store.close();
    Path broken = directory.resolve("broken");
    byte[] bytes = Files.readAllBytes(file());
    Arrays.fill(bytes, 100, bytes.length, (byte) 0x5a);
    Files.write(broken, bytes);
    open(file());
    Files.move(broken, file(), StandardCopyOption.REPLACE_EXISTING);

    assertUnavailable("it is corrupt");
    recover();
    assertThat(commit("2")).isEqualTo(new Stored(false));
    store.close();
    assertThat(open(file()).domain(DOMAIN).totals().reports()).isEqualTo(2);
    assertThat(corruptFiles()).hasSize(1);
  }

  @Test
  void fileThatIsOnlyBegunToBePutBackShouldBeWaitedFor() throws Exception {
    open(file());
    commit("1");
    store.close();
    Path elsewhere = directory.resolve("elsewhere.db");
    open(file());
    Files.move(file(), elsewhere);
    assertUnavailable("the file is gone");
    Files.createFile(file());
    Thread.sleep(1_100);
    assertUnavailable("the file is gone");
    assertThat(file()).isEmptyFile();

    Files.move(elsewhere, file(), StandardCopyOption.REPLACE_EXISTING);
    recover();
    assertThat(commit("1")).isEqualTo(new AlreadyStored(true));
  }

  @Test
  void fileThatWasNeverOursShouldBeLeftAlone() throws Exception {
    Files.writeString(file(), "<precious/>".repeat(1_000));
    SqliteDatabase named = SqliteDatabase.parse("jdbc:sqlite:" + file()).orElseThrow();
    store =
        SqliteReportStore.open(
            named,
            new StoreLimits(
                10_000,
                new ReporterLimit(200, reporter -> reporter),
                domain -> DomainStanding.NAMED),
            FailureWindow.DEFAULT,
            reporter -> true,
            InstantSource.fixed(RECEIPT));

    assertUnavailable("it is corrupt");
    assertThat(file()).content().startsWith("<precious/>");
    assertThat(corruptFiles()).isEmpty();
  }

  @Test
  void databaseOfSomebodyElseShouldBeLeftAlone() throws Exception {
    try (Connection other = connect();
        Statement statement = other.createStatement()) {
      statement.execute("CREATE TABLE theirs (id INTEGER)");
    }
    byte[] before = Files.readAllBytes(file());
    open(file());

    assertUnavailable("it is a database of another application");
    assertThat(file()).hasBinaryContent(before);
    assertThat(corruptFiles()).isEmpty();
  }

  @Test
  void databaseOfALaterReleaseShouldBeLeftAlone() throws SQLException {
    open(file());
    store.close();
    try (Connection other = connect();
        Statement statement = other.createStatement()) {
      statement.execute("INSERT INTO schema_version VALUES (99)");
    }
    open(file());

    assertUnavailable(
        "its schema has version 99, of a later release; this release knows versions up to 4");
  }

  @Test
  void stateThatCannotBeUnderstoodShouldBeTold() throws SQLException {
    open(file());
    commit("1");
    store.close();
    try (Connection other = connect();
        Statement statement = other.createStatement()) {
      statement.execute("UPDATE domain_state SET failures = 'no-such-kind=1'");
    }
    open(file());

    assertUnavailable("no kind is called no-such-kind");
  }

  @Test
  void whatSomebodyElseWritesShouldBeSeen() throws SQLException {
    open(file());
    commit("1");
    try (Connection other = connect();
        Statement statement = other.createStatement()) {
      statement.execute("UPDATE domain_state SET reports = 41");
    }

    assertThat(commit("2")).isEqualTo(new Stored(false));
    assertThat(store.domain(DOMAIN).totals().reports()).isEqualTo(42);
  }

  @Test
  void directoryThatCannotBeMadeShouldBeTold() throws IOException {
    Files.writeString(directory.resolve("file"), "");
    open(directory.resolve("file/sub/reports.db"));
    assertThat(store.health()).isInstanceOf(Unavailable.class);

    Files.delete(directory.resolve("file"));
    recover();
    assertThat(commit("1")).isEqualTo(new Stored(false));
  }

  @Test
  void fullDiskShouldStoreNothingByHalfAndHealWhenThereIsRoom() throws Exception {
    try (SmallDisk disk = smallDisk()) {
      open(disk.directory().resolve("reports.db"));
      Path ballast = disk.fill(23 << 20);
      int stored = fill();

      assertThat(store.health())
          .isInstanceOfSatisfying(
              Unavailable.class, outage -> assertThat(outage.error()).contains("disk"));
      assertThat(store.domain(DOMAIN).totals().reports()).isEqualTo(stored);
      assertThat(store.recover()).isFalse();
      Thread.sleep(1_100);
      assertThat(commit("0")).isEqualTo(new AlreadyStored(true));
      assertThat(store.health()).isInstanceOf(Unavailable.class);

      Files.delete(ballast);
      recover();
      assertThat(store.domain(DOMAIN).totals().reports()).isEqualTo(stored);
      assertThat(commit("" + stored)).isEqualTo(new Stored(false));
      store.close();
      assertThat(open(disk.directory().resolve("reports.db")).domain(DOMAIN).totals().reports())
          .isEqualTo(stored + 1);
      store.close();
    }
  }

  private SmallDisk smallDisk() throws IOException {
    Optional<SmallDisk> disk = SmallDisk.mount(directory.resolve("disk"), 24);
    assumeTrue(
        disk.isPresent() || "true".equals(System.getenv("CI")), "only root can mount a disk");
    return disk.orElseThrow();
  }

  /** Commits until the disk is full. */
  private int fill() {
    for (int i = 0; ; i++) {
      try {
        commit("" + i);
      } catch (StoreUnavailableException e) {
        return i;
      }
    }
  }

  @Test
  void clockMovedBackShouldNotHinderAnything() {
    open(file());
    commit("1");
    Instant before = RECEIPT.minus(Duration.ofDays(100));

    assertThat(commit("2", before)).isEqualTo(new Stored(false));
    assertThat(store.domain(DOMAIN).totals().lastReportTime()).hasValue(RECEIPT);
    assertThat(store.deleteReports(RECEIPT, 10)).isEqualTo(1);
  }

  @Test
  void closedStoreShouldTakeNothing() {
    open(file());
    store.close();

    assertThatExceptionOfType(StoreUnavailableException.class)
        .isThrownBy(() -> commit("1"))
        .withMessage("the store is closed");
  }

  private StoreOutcome commit(String id) {
    return commit(id, RECEIPT);
  }

  /** Commits a report whose content no other report has. */
  private StoreOutcome commit(String id, Instant receivedAt) {
    return store
        .commit(
            List.of(
                StoredReports.report(
                    "r.example",
                    id,
                    StoredReports.DAY,
                    receivedAt,
                    StoredReports.entry(DOMAIN.value(), id.hashCode(), 0))))
        .getFirst();
  }

  private void assertUnavailable(String why) {
    assertThatExceptionOfType(StoreUnavailableException.class)
        .isThrownBy(() -> commit("x"))
        .withMessageContainingAll(file().toString(), why);
    assertThat(store.health())
        .isInstanceOfSatisfying(
            Unavailable.class, outage -> assertThat(outage.error()).contains(why));
  }

  /** Tries until the pause between tries is over. */
  private void recover() {
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!store.recover() && System.nanoTime() < end) {
      Thread.onSpinWait();
    }
    assertThat(store.health()).isEqualTo(new Available());
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + file());
  }

  private List<Path> corruptFiles() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(path -> path.getFileName().toString().contains(".corrupt-")).toList();
    }
  }
}
