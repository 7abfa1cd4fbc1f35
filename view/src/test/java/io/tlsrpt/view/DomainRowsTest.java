// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.tlsrpt.figures.DomainHealth;
import io.tlsrpt.figures.DomainState;
import io.tlsrpt.figures.FailureKind;
import io.tlsrpt.figures.FailureWindow;
import io.tlsrpt.figures.FiguresRules;
import io.tlsrpt.figures.SessionCounts;
import io.tlsrpt.figures.history.ReportHistory;
import io.tlsrpt.figures.posture.Postures;
import io.tlsrpt.figures.receiver.StepDuration;
import io.tlsrpt.report.DomainName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class DomainRowsTest {
  private static final DomainName NEVER = new DomainName("a-never.example");

  private final List<DomainState> states = new ArrayList<>();
  private Instant now = Instant.parse("2026-06-02T15:00:00Z");
  private final DomainRows rows = new DomainRows(new Source());

  @Test
  void worstDomainShouldComeFirst() {
    states.add(reported(0));
    assertThat(rows.snapshot().rows().stream().map(DomainRow::health))
        .containsExactly(DomainHealth.NEVER, DomainHealth.FINE);
    states.set(0, reported(3));
    now = now.plusSeconds(5);
    assertThat(rows.snapshot().rows().stream().map(DomainRow::health))
        .containsExactly(DomainHealth.FAILING, DomainHealth.NEVER);
  }

  @Test
  void rowsShouldBeComputedOnceInFiveSeconds() {
    DomainRows.Snapshot first = rows.snapshot();
    states.add(reported(0));
    now = now.plusSeconds(4);
    assertThat(rows.snapshot()).isSameAs(first);
    now = now.plusSeconds(1);
    assertThat(rows.snapshot().rows()).hasSize(2);
  }

  @Test
  void rowsOfAClockThatWasAheadShouldNotBeKept() {
    DomainRows.Snapshot ahead = rows.snapshot();
    states.add(reported(0));
    now = now.minusSeconds(1);
    assertThat(rows.snapshot()).isNotSameAs(ahead);
  }

  private static DomainState reported(long failed) {
    DomainName domain = new DomainName("example.com");
    return DomainState.of(domain)
        .plus(
            Kept.report(
                    "1",
                    Kept.DAY,
                    new SessionCounts(5, failed),
                    failed == 0 ? Map.of() : Map.of(FailureKind.CERTIFICATE_EXPIRED, failed))
                .contribution(),
            Instant.parse("2026-06-02T15:00:00Z"),
            FailureWindow.DEFAULT);
  }

  /** The states of this test; nothing else is asked for. */
  private final class Source implements FiguresSource {
    @Override
    public Instant now() {
      return now;
    }

    @Override
    public FiguresRules rules() {
      return new FiguresRules(FailureWindow.DEFAULT, UnaryOperator.identity());
    }

    @Override
    public Collection<DomainState> domains() {
      return List.copyOf(states);
    }

    @Override
    public DomainState domain(DomainName domain) {
      return DomainState.of(domain);
    }

    @Override
    public Collection<DomainName> named() {
      return List.of();
    }

    @Override
    public boolean isOurs(DomainName domain) {
      return true;
    }

    @Override
    public Postures postures() {
      return Postures.NONE;
    }

    @Override
    public ReceiverFigures receiver() {
      throw new AssertionError();
    }

    @Override
    public Collection<DomainName> neverReported() {
      return List.of(NEVER);
    }

    @Override
    public List<StepDuration> stepDurations() {
      return List.of();
    }

    @Override
    public List<RejectedMail> lastRejections() {
      return List.of();
    }

    @Override
    public List<WaitingMail> waiting() {
      return List.of();
    }

    @Override
    public ReportHistory history() {
      throw new AssertionError();
    }
  }
}
