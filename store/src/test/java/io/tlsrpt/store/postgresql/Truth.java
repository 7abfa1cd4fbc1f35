// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store.postgresql;

import static io.tlsrpt.store.StoredReports.RECEIPT;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.tlsrpt.figures.Contribution;
import io.tlsrpt.figures.DomainState;
import io.tlsrpt.figures.FailureWindow;
import io.tlsrpt.report.DomainName;
import io.tlsrpt.store.NewReport;
import io.tlsrpt.store.fold.Digests;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What is in the database.
 *
 * @param reports the identity of each, as often as it is there
 * @param states as they are stored
 * @param replayed the same computed from the stored reports in the order of versions
 */
record Truth(
    List<String> reports,
    Map<DomainName, DomainState> states,
    Map<DomainName, DomainState> replayed) {
  static Truth of(String url) throws SQLException {
    Connection connection = PostgresqlDatabase.parse(url).orElseThrow().connect("truth");
    try (PostgresqlSession session =
        new PostgresqlSession(
            connection, Servers.ROOM, new ClockComparison(InstantSource.system()), "truth")) {
      session.readAll();
      Map<DomainName, DomainState> replayed = new HashMap<>();
      for (DomainName domain : session.states().keySet()) {
        replayed.put(
            domain,
            session.transact(
                upkeep ->
                    session.replay(domain, reporter -> true, RECEIPT, FailureWindow.DEFAULT)));
      }
      return new Truth(identities(connection), Map.copyOf(session.states()), replayed);
    }
  }

  private static List<String> identities(Connection connection) throws SQLException {
    List<String> found = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery("SELECT encode(identity, 'hex') FROM tlsrpt.report")) {
      while (row.next()) {
        found.add(row.getString(1));
      }
    }
    return found;
  }

  /** That all reports of some mails are there, each once, and count once. */
  void check(List<List<NewReport>> mails) {
    Collection<NewReport> sent =
        mails.stream()
            .flatMap(List::stream)
            .collect(Collectors.toMap(NewReport::identity, Function.identity(), (one, same) -> one))
            .values();
    assertThat(reports)
        .as("identities of the stored reports")
        .containsExactlyInAnyOrderElementsOf(
            sent.stream().map(NewReport::identity).map(Digests::hex).toList());
    assertThat(states).as("the stored states, and a replay").isEqualTo(replayed);
    Map<DomainName, List<Contribution>> expected =
        sent.stream()
            .flatMap(report -> report.contributions().stream())
            .collect(Collectors.groupingBy(Contribution::domain));
    assertThat(states.keySet()).isEqualTo(expected.keySet());
    expected.forEach(
        (domain, contributions) -> {
          DomainState state = requireNonNull(states.get(domain));
          assertThat(state.totals().reports())
              .as("reports of %s", domain)
              .isEqualTo(contributions.size());
          assertThat(state.totals().sessions().successful())
              .as("successful sessions of %s", domain)
              .isEqualTo(
                  contributions.stream().mapToLong(one -> one.headline().successful()).sum());
        });
  }
}
