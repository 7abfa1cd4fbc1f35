// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.receiver.imports;

import io.tlsrpt.dkim.Authenticator;
import io.tlsrpt.dkim.KnownKeys;
import io.tlsrpt.figures.DomainState;
import io.tlsrpt.figures.ReceivedReport;
import io.tlsrpt.figures.event.DomainEvent;
import io.tlsrpt.figures.posture.PostureListener;
import io.tlsrpt.receiver.domains.CurrentDomains;
import io.tlsrpt.receiver.domains.PolicyDomains;
import io.tlsrpt.receiver.domains.ShownDomains;
import io.tlsrpt.receiver.intake.Authentication;
import io.tlsrpt.receiver.intake.DomainFilter;
import io.tlsrpt.receiver.intake.IntakeNotes;
import io.tlsrpt.receiver.intake.LargeReadings;
import io.tlsrpt.receiver.intake.MailReports;
import io.tlsrpt.receiver.intake.ReportCommit;
import io.tlsrpt.receiver.intake.ReportIntake;
import io.tlsrpt.receiver.intake.ReporterFilter;
import io.tlsrpt.receiver.mime.BodyReader;
import io.tlsrpt.receiver.mime.ReportParts;
import io.tlsrpt.receiver.port.Exposure;
import io.tlsrpt.receiver.port.ReceiverMeters;
import io.tlsrpt.receiver.port.ServedDomains;
import io.tlsrpt.report.DomainName;
import io.tlsrpt.report.ReportLimits;
import io.tlsrpt.report.parser.ReportParser;
import io.tlsrpt.store.ReportStore;
import java.util.Optional;
import java.util.Set;

/** Puts together the intake of a server, without a server: nobody shows figures or is told. */
final class Intakes {
  private Intakes() {}

  static ReportIntake of(
      ReportStore store,
      ImportOptions options,
      Optional<Authenticator> authenticator,
      KnownKeys keys) {
    CurrentDomains current = new CurrentDomains(options.domains(), Set::of);
    IntakeNotes notes = IntakeNotes.none();
    PolicyDomains ours = new PolicyDomains(new NoServer(), options.domains(), Set::of);
    ReportLimits limits = ReportLimits.DEFAULT;
    return new ReportIntake(
        new MailReports(
            new ReportParts(limits),
            new BodyReader(new ReportParser(limits)),
            options.failureWindow(),
            ReceivedReport.DEFAULT_RETENTION),
        new Authentication(
            authenticator, new ReporterFilter(Set.of(), Set.of()), ReceiverMeters.NONE),
        LargeReadings.ofHeap(Runtime.getRuntime().maxMemory(), limits.maxReportSize()),
        new DomainFilter(ours, current::isNearOurs),
        new ReportCommit(
            store,
            new ShownDomains(new Nobody(), current, store),
            keys,
            notes.deliveries(),
            ReceiverMeters.NONE),
        notes.unknown(),
        keys,
        ReceiverMeters.NONE);
  }

  /** The administrator names the domains, since no server can be asked. */
  private static final class NoServer implements ServedDomains {
    @Override
    public boolean contains(DomainName domain) {
      return false;
    }

    @Override
    public Set<DomainName> all() {
      return Set.of();
    }
  }

  /** The figures are shown by the servers that use the database afterwards. */
  private static final class Nobody implements Exposure {
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
}
