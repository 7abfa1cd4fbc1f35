// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.mailet;

import static java.util.Objects.requireNonNull;

import io.tlsrpt.checks.Checks;
import io.tlsrpt.figures.receiver.ReportOutcome.Rejected;
import io.tlsrpt.mailet.james.MailReader;
import io.tlsrpt.mailet.james.MailReader.NotJudgedException;
import io.tlsrpt.mailet.james.SmtpTls;
import io.tlsrpt.mailet.parameters.Parameters;
import io.tlsrpt.message.RawMail;
import io.tlsrpt.receiver.MailOutcome;
import io.tlsrpt.receiver.NotKeptException;
import io.tlsrpt.receiver.TlsReportReceiver;
import io.tlsrpt.receiver.intake.Arrival;
import io.tlsrpt.receiver.intake.Checked.Failed;
import io.tlsrpt.receiver.intake.Checked.Passed;
import jakarta.mail.MessagingException;
import java.time.InstantSource;
import org.apache.mailet.Mail;

/**
 * What the first block opened.
 *
 * @param parameters of that block
 */
record OpenReceiver(
    Parameters parameters,
    MailReader reader,
    TlsReportReceiver receiver,
    Checks checks,
    InstantSource clock)
    implements AutoCloseable {
  OpenReceiver {
    requireNonNull(parameters, "parameters");
    requireNonNull(reader, "reader");
    requireNonNull(receiver, "receiver");
    requireNonNull(checks, "checks");
    requireNonNull(clock, "clock");
  }

  /** Whether a parameter with this value would mean the same. */
  boolean hasSame(String name, String value) throws MessagingException {
    Parameters other = parameters.with(name, value);
    return other.toSettings().equals(parameters.toSettings())
        && other.toChecks().equals(parameters.toChecks())
        && other.toNotifications().equals(parameters.toNotifications());
  }

  /**
   * Judges a mail; never throws for what is in it, but lets an {@link OutOfMemoryError} pass.
   *
   * @throws NotJudgedException if James cannot give the mail, or the mail must wait and cannot be
   *     written to disk
   */
  MailOutcome judge(Mail mail) throws NotJudgedException {
    Arrival arrival = new Arrival(mail.getName(), clock.instant(), SmtpTls.tellOnce(mail));
    try {
      return switch (reader.read(mail, arrival.mailName())) {
        case Failed<RawMail, Rejected>(Rejected why) -> receiver.reject(arrival, why);
        case Passed<RawMail, Rejected>(RawMail octets) -> receiver.accept(arrival, octets);
      };
    } catch (NotKeptException e) {
      throw new NotJudgedException(String.valueOf(e.getMessage()), e);
    }
  }

  /** Ends the receiver's own looks first, so that nobody is told of them any more. */
  @Override
  public void close() {
    try (receiver) {
      checks.close();
    }
  }
}
