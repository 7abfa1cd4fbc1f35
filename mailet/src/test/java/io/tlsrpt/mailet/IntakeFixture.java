// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.mailet;

import io.tlsrpt.dkim.KnownKeys;
import io.tlsrpt.dkim.OrganisationalDomain;
import io.tlsrpt.figures.ReportOutcome;
import io.tlsrpt.figures.ReporterLimit;
import io.tlsrpt.mailet.Judgement.Judged;
import io.tlsrpt.mailet.mime.BodyReader;
import io.tlsrpt.mailet.mime.ReportParts;
import io.tlsrpt.message.RawMail;
import io.tlsrpt.report.ReportParser;
import io.tlsrpt.store.SqlReportStore;
import io.tlsrpt.store.SqliteDatabase;
import io.tlsrpt.store.StoreLimits;
import jakarta.mail.MessagingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.management.MBeanServerFactory;

/** The intake without the mailet around it, which shows what a log line would say. */
final class IntakeFixture implements AutoCloseable {
  private final SqlReportStore store;
  private final ReceiverBoard board;
  private final ReportIntake intake;

  /** For a server that serves example.com and example.org, with these parameters in turn. */
  IntakeFixture(String... parameters) throws MessagingException {
    Settings settings = Settings.of(Parameters.of(ReceiverFixture.config(parameters)));
    InstantSource clock = () -> ReceiverFixture.NOW;
    CurrentDomains current = new CurrentDomains(settings.domains());
    store =
        SqlReportStore.open(
            SqliteDatabase.of(
                Path.of("target", "receivers", UUID.randomUUID().toString(), "reports.db")),
            new StoreLimits(
                settings.maxDomains(),
                new ReporterLimit(settings.maxReporters(), OrganisationalDomain::of),
                current::standing),
            settings.failureWindow(),
            settings.reporters()::accepts,
            clock);
    board =
        new ReceiverBoard(
            MBeanServerFactory.newMBeanServer(),
            clock,
            new ClockWatch(store, clock, System::nanoTime),
            settings,
            current,
            store);
    PolicyDomains ours =
        new PolicyDomains(
            domain -> ReceiverFixture.SERVED.contains(domain.asString()),
            new ReceiverFixture().domainList(),
            settings.domains());
    board.serve(ours.now());
    intake =
        new ReportIntake(
            new MailReports(
                new ReportParts(settings.limits()),
                new BodyReader(new ReportParser(settings.limits())),
                settings.failureWindow(),
                settings.retention()),
            Optional.empty(),
            new KnownKeys(clock),
            settings.reporters(),
            ours,
            LargeReadings.ofHeap(1L << 30, settings.limits().maxReportSize()),
            store,
            board);
  }

  /** What became of each report of a mail. */
  List<ReportOutcome> judged(String mail) {
    byte[] octets = mail.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
    Judgement judgement =
        intake.accept(
            Envelope.fromServer(
                new Arrival("mail-1", ReceiverFixture.NOW), RawMail.of(octets, octets.length)));
    return ((Judged) judgement).outcomes();
  }

  @Override
  public void close() {
    try (store) {
      board.close();
    }
  }
}
