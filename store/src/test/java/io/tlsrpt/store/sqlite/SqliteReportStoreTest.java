// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store.sqlite;

import static io.tlsrpt.store.StoredReports.DAY;
import static io.tlsrpt.store.StoredReports.RECEIPT;
import static io.tlsrpt.store.StoredReports.entry;
import static io.tlsrpt.store.StoredReports.failed;
import static io.tlsrpt.store.StoredReports.report;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tlsrpt.figures.Contribution;
import io.tlsrpt.figures.DomainState;
import io.tlsrpt.figures.FailureKind;
import io.tlsrpt.figures.FailureWindow;
import io.tlsrpt.figures.ReceivedReport;
import io.tlsrpt.figures.ReportContent;
import io.tlsrpt.figures.ReportIdentity;
import io.tlsrpt.figures.ReporterLimit;
import io.tlsrpt.report.ContentForm;
import io.tlsrpt.report.DomainName;
import io.tlsrpt.report.FailureDetails;
import io.tlsrpt.report.ParseResult;
import io.tlsrpt.report.ReportLimits;
import io.tlsrpt.report.parser.ReportParser;
import io.tlsrpt.store.DomainStanding;
import io.tlsrpt.store.NewReport;
import io.tlsrpt.store.ReportHistoryContract;
import io.tlsrpt.store.ReportSearchContract;
import io.tlsrpt.store.ReportStore;
import io.tlsrpt.store.ReportStoreContract;
import io.tlsrpt.store.StoreHealth;
import io.tlsrpt.store.StoreLimits;
import io.tlsrpt.store.StoreOutcome;
import io.tlsrpt.store.StoreOutcome.Refused;
import io.tlsrpt.store.StoreOutcome.Stored;
import io.tlsrpt.store.StoredReports;
import io.tlsrpt.store.sql.SchemaFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract on SQLite, and what a database adds: stored reports outlive the process. */
class SqliteReportStoreTest
    implements ReportStoreContract, ReportHistoryContract, ReportSearchContract {
  private static final StoreLimits ROOM =
      new StoreLimits(
          1_000, new ReporterLimit(200, reporter -> reporter), domain -> DomainStanding.NAMED);

  private Instant clock = RECEIPT;

  @TempDir Path directory;

  @Override
  public ReportStore store() {
    return open(LIMITS, reporter -> true);
  }

  private SqliteReportStore open(StoreLimits limits, Predicate<DomainName> counts) {
    return SqliteReportStore.open(
        SqliteDatabase.of(file()), limits, FailureWindow.DEFAULT, counts, () -> clock);
  }

  private SqliteReportStore open() {
    return open(ROOM, reporter -> true);
  }

  private Path file() {
    return directory.resolve("sub/reports.db");
  }

  @Test
  void statesShouldOutliveARestartAsTheyWere() {
    Map<DomainName, DomainState> before;
    try (SqliteReportStore store = open()) {
      commitManyThings(store);
      before = byDomain(store.domains());
    }

    try (SqliteReportStore store = open()) {
      assertThat(byDomain(store.domains())).isEqualTo(before).hasSize(6);
      assertThat(store.commit(List.of(manyThings().getFirst())).getFirst())
          .isEqualTo(new StoreOutcome.AlreadyStored(true));
      assertThat(byDomain(store.domains())).isEqualTo(before);
    }
  }

  /** The odd texts: a NUL, lone surrogates, and a surrogate pair where a long name is cut. */
  @Test
  void oddTextsShouldBeShownAfterARestartAsBefore() throws Exception {
    String json =
        """
        {"report-id": "a\\u0000\\ud800b", "organization-name": "\\udc00", "policies": [{
          "policy": {"policy-type": "sts", "policy-domain": "a.example",
            "policy-string": ["mode: \\ud800 enforce", "[\\"\\\\ud800\\"]"]},
          "failure-details": [%s]}]}\
        """
            .formatted(
                Stream.of(
                        "mx\\u0000.example",
                        "\\ud800mx.example",
                        "mx.example\\udc00",
                        "\\ude00\\ud83d",
                        "\\ud83d\\ude00.example",
                        "x".repeat(252) + "\\ud83d\\ude00.example",
                        "x".repeat(254) + "\\ud83d\\ude00.example",
                        "Mx\\u0001.Example")
                    .map(
                        host ->
                            "{\"result-type\": \"t\\u0000\\ud800\", \"failed-session-count\": 1,"
                                + " \"receiving-mx-hostname\": \"%s\"}".formatted(host))
                    .collect(Collectors.joining(", ")));
    ParseResult.Parsed parsed =
        (ParseResult.Parsed)
            new ReportParser(ReportLimits.DEFAULT)
                .parse(new ByteArrayInputStream(json.getBytes(UTF_8)), ContentForm.JSON)
                .getFirst();
    ReceivedReport received =
        new ReceivedReport(
            new DomainName("reporter.example"),
            RECEIPT,
            parsed.report(),
            ReceivedReport.DEFAULT_RETENTION);
    DomainName domain = new DomainName("a.example");
    NewReport report =
        new NewReport(
            ReportIdentity.of(received),
            ReportContent.of(received),
            received.report().reportId(),
            List.of(Contribution.of(received, domain, parsed.report().policies())));
    DomainState before;
    try (SqliteReportStore store = open()) {
      store.commit(List.of(report));
      before = store.domain(domain);
      assertThat(before.failures().values())
          .singleElement()
          .satisfies(
              failure ->
                  assertThat(failure.receivingMx())
                      .hasSize(8)
                      .contains("mx\ufffd.example", "\ufffdmx.example", "\ufffd\ufffd")
                      .contains("mx?.example", "x".repeat(252), "\ud83d\ude00.example"));
      try (OpenDatabase session = OpenDatabase.open(SqliteDatabase.of(file()), ROOM)) {
        assertThat(session.replay(domain, reporter -> true, RECEIPT, FailureWindow.DEFAULT))
            .isEqualTo(before);
      }
    }

    try (SqliteReportStore store = open()) {
      assertThat(store.domain(domain)).isEqualTo(before);
      assertThat(store.commit(List.of(report)).getFirst())
          .isEqualTo(new StoreOutcome.AlreadyStored(true));
    }
  }

  @Test
  void replayedReportsShouldAddUpToTheStates() throws Exception {
    try (SqliteReportStore store = open()) {
      commitManyThings(store);

      try (OpenDatabase session = OpenDatabase.open(SqliteDatabase.of(file()), ROOM)) {
        for (DomainState state : store.domains()) {
          assertThat(
                  session.replay(
                      state.domain(),
                      reporter -> true,
                      StoredReports.RECEIPT,
                      FailureWindow.DEFAULT))
              .isEqualTo(state);
        }
      }
    }
  }

  @Test
  void reportersThatDoNotCountShouldLeaveTheCurrentFiguresAtTheNextStart() {
    DomainName domain = new DomainName("a.example");
    try (SqliteReportStore store = open()) {
      store.commit(List.of(failing("bad.example", 0), failing("bad.example", 1)));
      store.commit(List.of(failing("good.example", 1)));
    }

    try (SqliteReportStore store =
        open(ROOM, reporter -> !reporter.value().equals("bad.example"))) {
      DomainState state = store.domain(domain);
      assertThat(state.reporters()).containsOnlyKeys(new DomainName("good.example"));
      assertThat(state.failures().get(FailureKind.CERTIFICATE_EXPIRED))
          .satisfies(
              failure -> {
                assertThat(failure.reporters()).containsExactly(new DomainName("good.example"));
                assertThat(failure.incident().orElseThrow().firstDay()).isEqualTo(DAY.plusDays(1));
              });
      assertThat(state.recentDays().failures()).containsOnlyKeys(DAY.plusDays(1));
      assertThat(state.totals().reports()).isEqualTo(3);
    }
    // The change has been written to the file, too.
    try (SqliteReportStore store = open()) {
      assertThat(store.domain(domain).reporters()).containsOnlyKeys(new DomainName("good.example"));
    }
  }

  private static NewReport failing(String reporter, int day) {
    return report(
        reporter,
        reporter + day,
        DAY.plusDays(day),
        RECEIPT.plus(Duration.ofDays(day)),
        entry("a.example", 5, 2, failed("certificate-expired", 2, "mx." + reporter)));
  }

  @Test
  void silentReportersShouldLeaveTheDatabaseOneForEachPlaceThatIsNeeded() throws SQLException {
    StoreLimits limits =
        new StoreLimits(10, new ReporterLimit(2, name -> name), domain -> DomainStanding.NAMED);
    Instant later = RECEIPT.plus(Duration.ofDays(36));
    try (SqliteReportStore store = open(limits, reporter -> true)) {
      store.commit(List.of(report("a-little-later.example", "1", RECEIPT, "a.example")));
      store.commit(
          List.of(report("old.example", "2", RECEIPT.minus(Duration.ofHours(1)), "a.example")));
      clock = later;
      store.commit(
          List.of(report("new.example", "3", DAY.plusDays(36), later, entry("a.example", 1, 0))));
    }

    assertThat(
            query(
                "SELECT group_concat(name, ' ' ORDER BY name)"
                    + " FROM reporter_state s JOIN reporter r ON r.id = s.reporter"))
        .isEqualTo("a-little-later.example new.example");
  }

  @Test
  void reportWithoutARangeShouldTellNoTimeEvenIfItWasReceivedAheadOfTime() {
    try (SqliteReportStore store = open()) {
      assertThat(store.latestRangeEnd()).isEmpty();
      Instant ahead = RECEIPT.plus(Duration.ofDays(500));
      clock = ahead;
      store.commit(List.of(ReportStoreContract.undated("1", ahead)));
      assertThat(store.latestRangeEnd()).isEmpty();

      clock = RECEIPT;
      store.believe(RECEIPT);
      assertThat(store.latestRangeEnd()).isEmpty();
      // A report without a range is never forgotten, just as if the clock had been right.
      store.deleteReports(RECEIPT.plusMillis(1), 9);
      assertThat(store.deleteIdentities(LocalDate.parse("2999-01-01"), 9)).isZero();
    }
  }

  @Test
  void whatASenderWroteShouldBeStoredInBounds() throws SQLException {
    FailureDetails[] details =
        IntStream.range(0, 1_500)
            .mapToObj(i -> failed("x" + "y".repeat(300), i, "mx\ud83d\ude00"))
            .toArray(FailureDetails[]::new);
    try (SqliteReportStore store = open()) {
      assertThat(
              store.commit(
                  List.of(
                      report(
                          "r.example",
                          "i".repeat(70_000),
                          DAY,
                          RECEIPT,
                          entry("a.example", 1, 1, details)))))
          .containsExactly(new Stored(false));
    }

    assertThat(query("SELECT octet_length(details) BETWEEN 60000 AND 65536 FROM contribution"))
        .isEqualTo("1");
    // Kept are the first detail of the MX and those with the most sessions.
    assertThat(
            query(
                """
                SELECT min(value ->> 1) || ' ' || max(value ->> 1) || ' ' || max(length(value ->> 0))
                FROM contribution, json_each(details)
                """))
        .isEqualTo("1 1499 255");
    assertThat(
            query(
                """
                SELECT max(value ->> 1) - min(value ->> 1) - count(*)
                FROM contribution, json_each(details) WHERE value ->> 1 > 1
                """))
        .isEqualTo("-1");
    assertThat(query("SELECT DISTINCT value ->> 3 FROM contribution, json_each(details)"))
        .isEqualTo("mx\ud83d\ude00");
    assertThat(query("SELECT length(report_id) FROM report")).isEqualTo("255");
  }

  @Test
  void detailsOfADayShouldBeBoundedAndTheirFiguresCount() throws Exception {
    int reports = 400;
    FailureDetails[] details =
        IntStream.range(0, 215)
            .mapToObj(i -> failed("certificate-expired", 1, "mx" + i % 20 + "y".repeat(250)))
            .toArray(FailureDetails[]::new);
    long before;
    try (SqliteReportStore store = open()) {
      before = sizeOf(store);
      for (int i = 0; i < reports; i++) {
        store.commit(List.of(manyDetails("" + i, RECEIPT.plusSeconds(i), details)));
      }
      assertThat(store.domain(new DomainName("a.example")).totals().failures().sum())
          .isEqualTo(215L * reports);
      assertThat(sizeOf(store) - before).isLessThan(600_000);
    }
    assertThat(query(KEPT_DETAILS)).isEqualTo(query("SELECT details_octets FROM reporter_state"));
    assertThat(query("SELECT details_octets BETWEEN 65000 AND 65536 FROM reporter_state"))
        .isEqualTo("1");

    // The next day has new room. A deferred mail of the day before shares it.
    try (SqliteReportStore store = open()) {
      Instant nextDay = RECEIPT.plus(Duration.ofDays(1));
      store.commit(List.of(manyDetails("next day", nextDay, details)));
      store.commit(List.of(manyDetails("waited", RECEIPT, details)));
      store.commit(List.of(manyDetails("again", nextDay, details)));
    }
    assertThat(query("SELECT details_octets BETWEEN 65000 AND 65536 FROM reporter_state"))
        .isEqualTo("1");
    assertThat(query(KEPT_DETAILS + " HAVING sum(octet_length(details)) BETWEEN 130000 AND 131072"))
        .isNotEqualTo("nothing");
  }

  private static final String KEPT_DETAILS = "SELECT sum(octet_length(details)) FROM contribution";

  private static NewReport manyDetails(String id, Instant receipt, FailureDetails... details) {
    return report("r.example", id, DAY, receipt, entry("a.example", 1, details.length, details));
  }

  /** The file's size after a checkpoint. */
  private long sizeOf(SqliteReportStore store) throws SQLException, IOException {
    assertThat(store.health()).isInstanceOf(StoreHealth.Available.class);
    query("PRAGMA wal_checkpoint(TRUNCATE)");
    return Files.size(file());
  }

  @Test
  void reportsOfADayShouldBeCountedAcrossARestart() {
    try (SqliteReportStore store = open()) {
      for (int i = 1; i < StoreLimits.REPORTS_OF_A_DAY; i++) {
        store.commit(List.of(report("r.example", "" + i, RECEIPT, "a.example")));
      }
    }
    try (SqliteReportStore store = open()) {
      assertThat(
              store.commit(
                  List.of(
                      report("r.example", "last", RECEIPT, "a.example"),
                      report("r.example", "more", RECEIPT, "a.example"),
                      report("r.example", "1", RECEIPT, "a.example"))))
          .satisfiesExactly(
              last -> assertThat(last).isInstanceOf(Stored.class),
              more -> assertThat(more).isInstanceOf(Refused.class),
              first -> assertThat(first).isEqualTo(new StoreOutcome.AlreadyStored(true)));
    }
  }

  @Test
  void daysShouldLeaveTheDatabaseWhenTheyCannotMatter() throws SQLException {
    try (SqliteReportStore store = open()) {
      store.commit(List.of(report("r.example", "1", RECEIPT, "a.example", "b.example")));
      assertThat(query("SELECT count(*) FROM reporter_day")).isEqualTo("0");
      store.commit(List.of(report("r.example", "2", RECEIPT, "a.example", "b.example")));
      Instant lastDay = DAY.plusDays(32).atTime(23, 59).toInstant(ZoneOffset.UTC);

      store.deleteReports(lastDay, 1);
      assertThat(query("SELECT count(*) FROM reporter_day")).isEqualTo("2");
      store.deleteReports(lastDay.plusSeconds(60), 1);
      assertThat(query("SELECT count(*) FROM reporter_day")).isEqualTo("0");
    }
  }

  @Test
  void databaseOfTheFirstSchemaShouldGoOn() throws Exception {
    Map<DomainName, DomainState> before;
    try (SqliteReportStore store = open()) {
      commitManyThings(store);
      before = byDomain(store.domains());
    }
    Path now = directory.resolve("now.db");
    Files.move(file(), now);
    makeFirstSchema(now);

    try (SqliteReportStore store = open()) {
      assertThat(byDomain(store.domains())).isEqualTo(before).hasSize(6);
      assertThat(store.commit(List.of(manyThings().getFirst())).getFirst())
          .isEqualTo(new StoreOutcome.AlreadyStored(true));
      assertThat(
              store.commit(
                  List.of(
                      report("r0.example", "2", RECEIPT, "d0.example"),
                      report("r0.example", "3", RECEIPT, "d0.example"))))
          .hasOnlyElementsOfType(Stored.class);
    }
    assertThat(query("SELECT group_concat(version, ' ') FROM schema_version")).isEqualTo("1 2 3 4");
    assertThat(query("SELECT max(reports) FROM reporter_day")).isEqualTo("3");
  }

  /** Makes a file as 1.0.0 wrote it, with the content of another file. */
  private void makeFirstSchema(Path from) throws SQLException, IOException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file());
        Statement statement = connection.createStatement();
        InputStream schema = SchemaFile.class.getResourceAsStream("sqlite-1.sql")) {
      statement.execute("PRAGMA application_id = 0x544c5352");
      statement.execute("PRAGMA journal_mode = WAL");
      statement.execute("CREATE TABLE schema_version (version INTEGER PRIMARY KEY)");
      for (String sql : new String(schema.readAllBytes(), UTF_8).split(";\n", -1)) {
        if (!sql.isBlank()) {
          statement.execute(sql);
        }
      }
      statement.execute("INSERT INTO schema_version VALUES (1)");
      statement.execute("ATTACH '" + from + "' AS other");
      for (String table :
          List.of(
              "reporter",
              "policy_domain",
              "report",
              "contribution",
              "domain_state",
              "reporter_state",
              "failure_state")) {
        String columns =
            columns(statement, "SELECT group_concat(name) FROM pragma_table_info('" + table + "')");
        statement.execute(
            "INSERT INTO main." + table + " SELECT " + columns + " FROM other." + table);
      }
    }
  }

  private static String columns(Statement statement, String query) throws SQLException {
    try (ResultSet row = statement.executeQuery(query)) {
      return row.getString(1);
    }
  }

  @Test
  void refusedReportShouldNotKeepTheOthersOfItsMailOut() {
    try (SqliteReportStore store = open(LIMITS, reporter -> true)) {
      List<StoreOutcome> outcomes =
          store.commit(
              List.of(
                  report("r.example", "1", RECEIPT, "a.example", "b.example", "c.example"),
                  report("r.example", "2", RECEIPT, "d.example"),
                  report("r.example", "3", RECEIPT, "a.example")));

      assertThat(outcomes)
          .satisfiesExactly(
              first -> assertThat(first).isInstanceOf(Stored.class),
              second -> assertThat(second).isInstanceOf(Refused.class),
              third -> assertThat(third).isInstanceOf(Stored.class));
    }
    try (SqliteReportStore store = open()) {
      assertThat(store.domains()).hasSize(3);
    }
  }

  /** Reports of two weeks about several domains, with failures, repetitions and late ones. */
  private static List<NewReport> manyThings() {
    return IntStream.range(0, 200)
        .mapToObj(
            i ->
                report(
                    "r" + i % 7 + ".example",
                    "id" + i,
                    DAY.plusDays(i / 14 - i % 3 * (i % 5 == 0 ? 20 : 0)),
                    RECEIPT.plus(Duration.ofDays(i / 14)).plusMillis(17L * i),
                    entry(
                        "d" + i % 6 + ".example",
                        i % 11,
                        i % 4,
                        Stream.iterate(0, n -> n < i % 4, n -> n + 1)
                            .map(n -> failed(TYPES.get((i + n) % TYPES.size()), 1, "mx" + n))
                            .toArray(FailureDetails[]::new))))
        .toList();
  }

  private static final List<String> TYPES =
      List.of("certificate-expired", "tlsa-invalid", "no-such-type", "starttls-not-supported");

  private static void commitManyThings(ReportStore store) {
    List<NewReport> all = manyThings();
    for (int i = 0; i < all.size(); i += 2) {
      store.commit(all.subList(i, i + 2));
    }
  }

  private static Map<DomainName, DomainState> byDomain(Collection<DomainState> states) {
    Map<DomainName, DomainState> byDomain = new HashMap<>();
    states.forEach(state -> byDomain.put(state.domain(), state));
    return byDomain;
  }

  private String query(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file());
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      return row.next() ? row.getString(1) : "nothing";
    }
  }
}
