// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.receiver.domains;

import static org.assertj.core.api.Assertions.assertThat;

import io.tlsrpt.figures.Contribution;
import io.tlsrpt.figures.DomainState;
import io.tlsrpt.figures.FailureWindow;
import io.tlsrpt.figures.ReceivedReport;
import io.tlsrpt.figures.ReportContent;
import io.tlsrpt.figures.ReportIdentity;
import io.tlsrpt.figures.ReporterLimit;
import io.tlsrpt.figures.event.DomainEvent;
import io.tlsrpt.figures.posture.PostureListener;
import io.tlsrpt.receiver.port.Exposure;
import io.tlsrpt.report.DomainName;
import io.tlsrpt.report.Policy;
import io.tlsrpt.report.PolicyResult;
import io.tlsrpt.report.PolicyType;
import io.tlsrpt.report.ReportedFailures;
import io.tlsrpt.report.Summary;
import io.tlsrpt.report.TlsReport;
import io.tlsrpt.store.NewReport;
import io.tlsrpt.store.Node;
import io.tlsrpt.store.ReportStore;
import io.tlsrpt.store.StoreLimits;
import io.tlsrpt.store.StoreRules;
import io.tlsrpt.store.url.DatabaseUrl;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which domains are shown: reports about two are stored, of which one is served. */
class ShownDomainsTest {
  private static final Instant RECEIPT = Instant.parse("2026-06-02T15:00:00Z");
  private static final DomainName SERVED = new DomainName("served.example");
  private static final DomainName LEFT = new DomainName("left.example");
  private static final DomainName SILENT = new DomainName("silent.example");
  private static final OurDomains OURS = new OurDomains(Set.of(SERVED, SILENT), Set.of(), Set.of());

  private final Screen screen = new Screen();
  private final CurrentDomains current = new CurrentDomains(Set.of(), Set::of);

  @TempDir Path directory;
  private ReportStore store;
  private ShownDomains shown;

  @BeforeEach
  void storeReports() {
    store =
        DatabaseUrl.in(directory)
            .open(
                new StoreRules(
                    new StoreLimits(10, new ReporterLimit(10, name -> name), current::standing),
                    FailureWindow.DEFAULT,
                    reporter -> true),
                Node.ALONE,
                () -> RECEIPT);
    store.commit(List.of(report(SERVED), report(LEFT)));
    shown = new ShownDomains(screen, current, store);
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void domainShouldBeShownOnceAReportOfItIsStored() {
    shown.show(List.of(SERVED, SILENT));

    assertThat(screen.shown()).containsExactly(SERVED);
    assertThat(shown.states()).containsExactly(store.domain(SERVED));
  }

  @Test
  void onlyOursShouldBeShownOfAllThatAreKnown() {
    current.look(OURS);
    shown.showOurs(List.of(SERVED, LEFT));

    assertThat(screen.shown()).containsExactly(SERVED);
  }

  /** Another server may know MX hosts that we do not. */
  @Test
  void whatOnlyAnotherServerCallsItsOwnShouldNotBeShown() {
    current.look(OURS);
    shown.showThoseOfOurs(List.of(SERVED, LEFT));

    assertThat(screen.shown()).containsExactly(SERVED);
  }

  @Test
  void domainShouldBeHiddenOnceItIsNotOurs() {
    shown.show(List.of(SERVED, LEFT));
    shown.serve(OURS);

    assertThat(screen.shown()).containsExactly(SERVED);
    assertThat(current.served()).isEqualTo(OURS.served());
  }

  @Test
  void domainThatTheStoreHasForgottenShouldBeHidden() {
    current.look(OURS);
    shown.show(List.of(SERVED, LEFT));
    Instant later = RECEIPT.plus(Duration.ofDays(500));
    store.forget(later, later, current::standing);
    shown.showOurs(List.of());

    assertThat(screen.shown()).containsExactly(SERVED);
  }

  @Test
  void failureToShowADomainShouldNotKeepOthersFromBeingShown() {
    screen.refused = Optional.of(LEFT);
    shown.show(List.of(LEFT, SERVED));

    assertThat(screen.shown()).containsExactly(SERVED);
  }

  private static NewReport report(DomainName domain) {
    ReceivedReport received =
        new ReceivedReport(
            new DomainName("good.example"),
            RECEIPT,
            new TlsReport(
                Optional.empty(),
                Optional.empty(),
                "",
                Optional.empty(),
                Optional.of("1"),
                List.of(
                    new PolicyResult(
                        new Policy(PolicyType.STS, List.of(), Optional.of(domain), List.of()),
                        new Summary(10, 0),
                        ReportedFailures.NONE))),
            ReceivedReport.DEFAULT_RETENTION);
    return new NewReport(
        ReportIdentity.of(received),
        ReportContent.of(received),
        received.report().reportId(),
        List.of(Contribution.of(received, domain, received.report().policies())));
  }

  /** Shows names only. */
  private static final class Screen implements Exposure {
    private final Set<DomainName> names = new TreeSet<>();
    private Optional<DomainName> refused = Optional.empty();

    @Override
    public Set<DomainName> shown() {
      return Set.copyOf(names);
    }

    @Override
    public void show(DomainName domain) {
      if (refused.filter(domain::equals).isPresent()) {
        throw new IllegalStateException(domain + " cannot be shown");
      }
      names.add(domain);
    }

    @Override
    public void hide(DomainName domain) {
      names.remove(domain);
    }

    @Override
    public void tell(DomainEvent event, DomainState after) {}

    @Override
    public PostureListener postures() {
      return PostureListener.NONE;
    }

    @Override
    public void close() {}
  }
}
