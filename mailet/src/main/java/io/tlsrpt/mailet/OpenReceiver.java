// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.mailet;

import io.tlsrpt.figures.FailureWindow;
import io.tlsrpt.report.ReportParser;
import io.tlsrpt.store.InMemoryReportStore;
import io.tlsrpt.store.ReportStore;
import java.time.InstantSource;
import java.util.List;
import javax.management.MBeanServer;
import org.apache.mailet.Mail;
import org.apache.mailet.MailetContext;

/** The receiver while it is open: its parts, put together. May be used by many threads at once. */
final class OpenReceiver implements AutoCloseable {
  private final InstantSource clock;
  private final MailReader reader;
  private final ReportIntake intake;
  private final ReportStore store;
  private final ReceiverBoard board;

  OpenReceiver(Settings settings, MailetContext context, InstantSource clock, MBeanServer server) {
    FailureWindow window = settings.failureWindow();
    this.clock = clock;
    this.reader = new MailReader(settings.limits().maxMessageSize());
    this.store = new InMemoryReportStore(settings.maxDomains(), window);
    this.board = new ReceiverBoard(server, clock, settings);
    this.intake =
        new ReportIntake(
            new MailReports(
                new ReportParts(settings.limits()),
                new BodyReader(new ReportParser(settings.limits())),
                window),
            new PolicyDomains(context::isLocalServer, settings.domains()),
            store,
            board);
  }

  /** Judges a mail; never throws for what is in it. */
  MailVerdict judge(Mail mail) {
    Arrival arrival = new Arrival(mail.getName(), clock.instant());
    return switch (reader.read(mail, arrival)) {
      case MailReader.Reading.Unread(var why) ->
          MailVerdict.of(List.of(board.judge(arrival, () -> why)));
      case MailReader.Reading.Read(Envelope envelope) -> {
        MailVerdict verdict = MailVerdict.of(intake.accept(envelope));
        board.recordMail(envelope, clock.instant());
        yield verdict;
      }
    };
  }

  @Override
  public void close() {
    board.close();
    store.close();
  }
}
