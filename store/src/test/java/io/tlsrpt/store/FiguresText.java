// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store;

import static java.util.stream.Collectors.joining;

import io.tlsrpt.figures.DomainFigures;
import io.tlsrpt.figures.DomainState;
import io.tlsrpt.figures.FailureFigures;
import io.tlsrpt.figures.FailureWindow;
import io.tlsrpt.figures.FiguresRules;
import io.tlsrpt.figures.SessionCounts;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** The figures of domains at a given time as text, with a line for each kind of failure. */
public final class FiguresText {
  private static final FiguresRules RULES =
      new FiguresRules(FailureWindow.DEFAULT, reporter -> reporter);

  private FiguresText() {}

  public static String of(Collection<DomainState> domains, Instant now) {
    return "at "
        + now
        + "\n"
        + domains.stream()
            .map(domain -> domain.figures(now, RULES))
            .sorted(Comparator.comparing(DomainFigures::domain))
            .map(FiguresText::domain)
            .collect(joining());
  }

  private static String domain(DomainFigures domain) {
    return """
        %s: %d reports, mode %s
          sessions %s (%s), failures %s
          last report %s, last range until %s, last failure %s
          now: reporters %d, failures %s, sessions %s, from %s to %s
        """
            .formatted(
                domain.domain(),
                domain.totals().reports(),
                domain.mode(),
                text(domain.totals().sessions()),
                domain.totals().byPolicyKind().entrySet().stream()
                    .map(entry -> entry.getKey() + "=" + text(entry.getValue()))
                    .collect(joining(" ")),
                domain.totals().failures(),
                text(domain.totals().lastReportTime()),
                text(domain.totals().lastReportEnd()),
                text(domain.totals().lastFailure()),
                domain.reporters(),
                domain.activeFailures(),
                text(domain.active()),
                text(domain.oldestActiveFailure()),
                text(domain.newestActiveFailure()))
        + domain.failures().stream()
            .sorted(Comparator.comparing(FailureFigures::kind))
            .map(FiguresText::failure)
            .collect(joining());
  }

  private static String failure(FailureFigures failure) {
    return """
          %s: %d, now %d since %s, seen from %s to %s, by %s at %s
        """
        .formatted(
            failure.kind(),
            failure.failedSessions(),
            failure.activeSessions(),
            text(failure.activeSince()),
            failure.firstSeen(),
            failure.lastSeen(),
            failure.reporters(),
            failure.receivingMx());
  }

  /** Successful and failed sessions. */
  private static String text(SessionCounts sessions) {
    return sessions.successful() + "/" + sessions.failed();
  }

  private static String text(Optional<?> value) {
    return value.map(Object::toString).orElse("-");
  }
}
