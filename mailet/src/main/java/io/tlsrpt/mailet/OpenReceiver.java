// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.mailet;

import io.tlsrpt.figures.FailureWindow;
import io.tlsrpt.figures.ReportOutcome;
import io.tlsrpt.figures.ReporterLimit;
import io.tlsrpt.mailet.dkim.Authenticator;
import io.tlsrpt.mailet.dkim.DkimAuthenticator;
import io.tlsrpt.mailet.dkim.GatewayAuthenticator;
import io.tlsrpt.mailet.dkim.OrganisationalDomain;
import io.tlsrpt.report.ReportParser;
import io.tlsrpt.store.InMemoryReportStore;
import io.tlsrpt.store.ReportStore;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import javax.management.MBeanServer;
import org.apache.mailet.Mail;
import org.apache.mailet.MailetContext;

/** The receiver while it is open: its parts, put together. May be used by many threads at once. */
final class OpenReceiver implements AutoCloseable {
  private final InstantSource clock;
  private final MailReader reader;
  private final Optional<Authenticator> authenticator;
  private final ReportIntake intake;
  private final ReportStore store;
  private final ReceiverBoard board;
  private final Deferrals deferrals;

  /**
   * Puts it together.
   *
   * @param directory where it keeps what must outlive the process
   */
  private OpenReceiver(
      Settings settings,
      MailetContext context,
      InstantSource clock,
      MBeanServer server,
      Path directory) {
    FailureWindow window = settings.failureWindow();
    this.clock = clock;
    this.reader = new MailReader(settings.limits().maxMessageSize());
    this.store =
        new InMemoryReportStore(
            settings.maxDomains(),
            new ReporterLimit(settings.maxReporters(), OrganisationalDomain::of),
            window);
    this.board = new ReceiverBoard(server, clock, settings);
    this.authenticator = authenticator(settings, clock);
    this.intake =
        new ReportIntake(
            new MailReports(
                new ReportParts(settings.limits()),
                new BodyReader(new ReportParser(settings.limits())),
                window),
            authenticator,
            settings.reporters(),
            new PolicyDomains(context::isLocalServer, settings.domains()),
            store,
            board);
    this.deferrals = new Deferrals(directory.resolve("deferred"), intake, board, clock);
  }

  /** Opens it; when that fails nothing is left behind. */
  static OpenReceiver open(
      Settings settings,
      MailetContext context,
      InstantSource clock,
      MBeanServer server,
      Path directory) {
    OpenReceiver receiver = new OpenReceiver(settings, context, clock, server, directory);
    try {
      receiver.deferrals.open();
      return receiver;
    } catch (RuntimeException | Error e) {
      receiver.close();
      throw e;
    }
  }

  private static Optional<Authenticator> authenticator(Settings settings, InstantSource clock) {
    return switch (settings.dkim()) {
      case OFF -> Optional.empty();
      case REQUIRED ->
          settings
              .trustedAuthservId()
              .<Authenticator>map(GatewayAuthenticator::new)
              .or(() -> Optional.of(DkimAuthenticator.withServersDns(clock)));
    };
  }

  /**
   * Judges a mail; never throws for what is in it.
   *
   * @throws DeferralFailedException if it must wait and cannot be kept
   */
  MailVerdict judge(Mail mail) throws DeferralFailedException {
    Arrival arrival = new Arrival(mail.getName(), clock.instant());
    return switch (reader.read(mail, arrival)) {
      case MailReader.Reading.Unread(var why) -> MailVerdict.of(List.of(board.count(arrival, why)));
      case MailReader.Reading.Read(Envelope envelope) -> {
        MailVerdict verdict = MailVerdict.of(outcomes(envelope));
        board.recordMail(envelope, clock.instant());
        yield verdict;
      }
    };
  }

  private List<ReportOutcome> outcomes(Envelope mail) throws DeferralFailedException {
    return switch (intake.accept(mail)) {
      case Judgement.Postponed why -> List.of(deferrals.defer(mail, why));
      case Judgement.Judged(List<ReportOutcome> outcomes) -> {
        board.count(mail.arrival(), outcomes);
        yield outcomes;
      }
    };
  }

  @Override
  public void close() {
    deferrals.close();
    authenticator.ifPresent(Authenticator::close);
    board.close();
    store.close();
  }
}
