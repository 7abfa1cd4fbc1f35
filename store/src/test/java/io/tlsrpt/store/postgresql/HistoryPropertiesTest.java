// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import io.tlsrpt.figures.FailureWindow;
import io.tlsrpt.store.Node;
import io.tlsrpt.store.Play;
import io.tlsrpt.store.ReportStore;
import io.tlsrpt.store.Step;
import io.tlsrpt.store.StoreHealth;
import io.tlsrpt.store.StoreRules;
import io.tlsrpt.testing.FreshDatabase;
import io.tlsrpt.testing.PostgresServer;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.BeforeProperty;

/** After every step of any history, the figures of two servers are those of a plain model. */
@Tag("slow")
@SuppressWarnings("NullAway.Init")
class HistoryPropertiesTest {
  private FreshDatabase database;

  @BeforeProperty
  void create() {
    database = PostgresServer.shared().newDatabase();
    open("one", InstantSource.system()).close();
  }

  @AfterProperty
  void drop() {
    database.close();
  }

  @Property(tries = 30)
  void figuresOfServersThatTakeTurnsShouldEqualThoseOfThePlainModel(
      @ForAll("histories") List<Step> history) {
    database.execute(
        "TRUNCATE tlsrpt.reporter, tlsrpt.policy_domain, tlsrpt.report, tlsrpt.purged_identity"
            + " CASCADE");

    new Play(clock -> new TakingTurns(open("one", clock), open("other", clock))).play(history);
  }

  @Provide
  Arbitrary<List<Step>> histories() {
    return Step.histories();
  }

  private ReportStore open(String name, InstantSource clock) {
    ReportStore store =
        PostgresqlReportStore.open(
            PostgresqlDatabase.parse(database.url()).orElseThrow(),
            new StoreRules(Servers.ROOM, FailureWindow.DEFAULT, reporter -> true),
            new Node(name, Map.of()),
            clock,
            new ClockComparison(InstantSource.system()));
    assertThat(store.health()).isEqualTo(new StoreHealth.Available());
    return store;
  }
}
