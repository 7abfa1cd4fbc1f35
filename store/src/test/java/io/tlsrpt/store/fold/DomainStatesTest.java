// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store.fold;

import static org.assertj.core.api.Assertions.assertThat;

import io.tlsrpt.figures.DomainState;
import io.tlsrpt.figures.FailureWindow;
import io.tlsrpt.report.DomainName;
import io.tlsrpt.store.StoredReports;
import io.tlsrpt.store.fold.DomainStates.Change;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a transaction changes, and what is left of it when the database does not take it. */
class DomainStatesTest {
  private static final DomainName DOMAIN = new DomainName("example.com");
  private static final DomainName OTHER = new DomainName("other.example");

  private final DomainStates states = new DomainStates();

  @Test
  void domainOfWhichNothingIsKnownShouldHaveAnEmptyState() {
    assertThat(states.get(DOMAIN)).isEqualTo(DomainState.of(DOMAIN));
    assertThat(states.view()).isEmpty();
  }

  @Test
  void stateThatIsReadShouldBeNoChange() {
    states.read(DOMAIN, Optional.of(state(DOMAIN, 1)));

    assertThat(states.get(DOMAIN)).isEqualTo(state(DOMAIN, 1));
    assertThat(states.changed()).isEmpty();

    states.read(DOMAIN, Optional.empty());
    assertThat(states.view()).isEmpty();
  }

  @Test
  void severalChangesOfADomainShouldBeOneFromTheStateInTheDatabase() {
    states.read(DOMAIN, Optional.of(state(DOMAIN, 1)));
    states.put(state(DOMAIN, 2));
    states.put(state(DOMAIN, 3));

    assertThat(states.changes())
        .containsExactly(new Change(state(DOMAIN, 1), Optional.of(state(DOMAIN, 3))));
  }

  @Test
  void newDomainShouldChangeFromAnEmptyState() {
    states.put(state(DOMAIN, 1));

    assertThat(states.changes())
        .containsExactly(new Change(DomainState.of(DOMAIN), Optional.of(state(DOMAIN, 1))));
  }

  @Test
  void changesShouldBeInTheOrderOfTheFirstOfEachDomain() {
    states.put(state(OTHER, 1));
    states.put(state(DOMAIN, 1));
    states.put(state(OTHER, 2));

    assertThat(states.changed()).containsExactly(OTHER, DOMAIN);
  }

  @Test
  void removedStateShouldBeDeletedFromTheDatabase() {
    states.read(DOMAIN, Optional.of(state(DOMAIN, 1)));
    states.put(state(DOMAIN, 2));
    states.remove(DOMAIN);
    states.remove(OTHER);

    assertThat(states.changes()).containsExactly(new Change(state(DOMAIN, 1), Optional.empty()));
  }

  @Test
  void removedDomainThatComesAgainShouldBeginAnew() {
    states.read(DOMAIN, Optional.of(state(DOMAIN, 5)));
    states.remove(DOMAIN);
    states.put(state(DOMAIN, 1));

    assertThat(states.changes())
        .containsExactly(new Change(state(DOMAIN, 5), Optional.of(state(DOMAIN, 1))));
  }

  @Test
  void rolledBackStatesShouldBeThoseOfTheDatabase() {
    states.read(DOMAIN, Optional.of(state(DOMAIN, 1)));
    states.put(state(DOMAIN, 2));
    states.remove(DOMAIN);
    states.put(state(OTHER, 1));
    states.rolledBack();

    assertThat(states.all()).containsExactly(state(DOMAIN, 1));
    assertThat(states.changes()).isEmpty();
  }

  @Test
  void committedStatesShouldOutliveTheNextRollback() {
    states.put(state(DOMAIN, 1));
    states.committed();
    assertThat(states.changes()).isEmpty();

    states.put(state(DOMAIN, 2));
    states.rolledBack();
    assertThat(states.get(DOMAIN)).isEqualTo(state(DOMAIN, 1));
  }

  private static DomainState state(DomainName domain, int reports) {
    DomainState state = DomainState.of(domain);
    for (int i = 0; i < reports; i++) {
      state =
          state.plus(
              StoredReports.report("good.example", "" + i, StoredReports.RECEIPT, domain.value())
                  .contributions()
                  .getFirst(),
              StoredReports.RECEIPT,
              FailureWindow.DEFAULT);
    }
    return state;
  }
}
