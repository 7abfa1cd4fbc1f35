// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.receiver.intake;

import io.tlsrpt.dkim.KnownKeys;
import io.tlsrpt.dns.OrganisationalDomain;
import io.tlsrpt.figures.DomainState;
import io.tlsrpt.figures.FailureWindow;
import io.tlsrpt.figures.ReceivedReport;
import io.tlsrpt.figures.ReporterLimit;
import io.tlsrpt.figures.event.DomainEvent;
import io.tlsrpt.figures.posture.PostureListener;
import io.tlsrpt.figures.receiver.ReportOutcome;
import io.tlsrpt.message.RawMail;
import io.tlsrpt.receiver.domains.CurrentDomains;
import io.tlsrpt.receiver.domains.PolicyDomains;
import io.tlsrpt.receiver.domains.ShownDomains;
import io.tlsrpt.receiver.intake.IntakeResult.Judged;
import io.tlsrpt.receiver.mime.BodyReader;
import io.tlsrpt.receiver.mime.ReportParts;
import io.tlsrpt.receiver.port.Exposure;
import io.tlsrpt.receiver.port.ReceiverMeters;
import io.tlsrpt.receiver.port.ServedDomains;
import io.tlsrpt.report.DomainName;
import io.tlsrpt.report.ReportLimits;
import io.tlsrpt.report.parser.ReportParser;
import io.tlsrpt.store.Node;
import io.tlsrpt.store.ReportStore;
import io.tlsrpt.store.StoreLimits;
import io.tlsrpt.store.StoreRules;
import io.tlsrpt.store.url.DatabaseUrl;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * The intake without signatures and without the rest of the receiver; shows outcomes as log lines.
 */
final class IntakeFixture implements AutoCloseable {
  private static final Instant NOW = Instant.parse("2026-06-02T15:00:00Z");

  private static final DomainName MX = new DomainName("mx1.provider.example");

  private final ReportStore store;
  private final ReportIntake intake;
  private final IntakeNotes notes = IntakeNotes.none();

  /** For a server that serves example.com and example.org; their MX host is of a provider. */
  IntakeFixture() {
    InstantSource clock = () -> NOW;
    CurrentDomains current = new CurrentDomains(Set.of(), () -> Set.of(MX));
    store =
        DatabaseUrl.in(Path.of("target", "receivers", UUID.randomUUID().toString()))
            .open(
                new StoreRules(
                    new StoreLimits(
                        100, new ReporterLimit(10, OrganisationalDomain::of), current::standing),
                    FailureWindow.DEFAULT,
                    reporter -> true),
                Node.ALONE,
                clock);
    KnownKeys knownKeys = new KnownKeys(clock);
    PolicyDomains ours = new PolicyDomains(new Served(), Set.of(), () -> Set.of(MX));
    current.look(ours.now());
    intake =
        new ReportIntake(
            new MailReports(
                new ReportParts(ReportLimits.DEFAULT),
                new BodyReader(new ReportParser(ReportLimits.DEFAULT)),
                FailureWindow.DEFAULT,
                ReceivedReport.DEFAULT_RETENTION),
            new Authentication(
                Optional.empty(), new ReporterFilter(Set.of(), Set.of()), ReceiverMeters.NONE),
            LargeReadings.ofHeap(1L << 30, ReportLimits.DEFAULT.maxReportSize()),
            new DomainFilter(ours, current::isNearOurs),
            new ReportCommit(
                store,
                new ShownDomains(new Nowhere(), current, store),
                knownKeys,
                notes.deliveries(),
                ReceiverMeters.NONE),
            notes.unknown(),
            knownKeys,
            ReceiverMeters.NONE);
  }

  private record Served() implements ServedDomains {
    @Override
    public boolean contains(DomainName domain) {
      return all().contains(domain);
    }

    @Override
    public Set<DomainName> all() {
      return Set.of(new DomainName("example.com"), new DomainName("example.org"));
    }
  }

  private record Nowhere() implements Exposure {
    @Override
    public Set<DomainName> shown() {
      return Set.of();
    }

    @Override
    public void show(DomainName domain) {}

    @Override
    public void hide(DomainName domain) {}

    @Override
    public void tell(DomainEvent event, DomainState after) {}

    @Override
    public PostureListener postures() {
      return PostureListener.NONE;
    }

    @Override
    public void close() {}
  }

  /** What became of each report of a mail. */
  List<ReportOutcome> judged(String mail) {
    byte[] octets = mail.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
    IntakeResult judgement =
        intake.accept(
            Envelope.fromServer(new Arrival("mail-1", NOW), RawMail.of(octets, octets.length)));
    return ((Judged) judgement).outcomes();
  }

  /** Whether reports of a domain are stored. */
  boolean counts(String domain) {
    return store.domain(new DomainName(domain)).totals().reports() > 0;
  }

  /** The reporters of example.com. */
  Set<DomainName> reporters() {
    return store.domain(new DomainName("example.com")).reporters().keySet();
  }

  @Override
  public void close() {
    store.close();
  }
}
