// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.mailet;

import io.tlsrpt.figures.receiver.DeferralReason;
import io.tlsrpt.figures.receiver.RejectionReason;
import io.tlsrpt.figures.receiver.ReportOutcome.Accepted;
import io.tlsrpt.figures.receiver.ReportOutcome.Deferred;
import io.tlsrpt.figures.receiver.ReportOutcome.Duplicate;
import io.tlsrpt.figures.receiver.ReportOutcome.Rejected;
import io.tlsrpt.mailet.james.MailReader.NotJudgedException;
import io.tlsrpt.mailet.parameters.Parameters;
import io.tlsrpt.receiver.MailOutcome;
import io.tlsrpt.receiver.Version;
import jakarta.inject.Inject;
import jakarta.mail.MessagingException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.apache.mailet.Attribute;
import org.apache.mailet.AttributeName;
import org.apache.mailet.AttributeValue;
import org.apache.mailet.Mail;
import org.apache.mailet.ProcessingState;
import org.apache.mailet.base.GenericMailet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes TLS reports (RFC 8460) out of mails and shows in JMX what they say. The mail is not changed
 * and, by default, goes on to the next mailet, whatever its outcome. Two attributes tell later
 * matchers the outcome: {@value #OUTCOME} ({@code accepted}, {@code duplicate}, {@code rejected},
 * {@code deferred}) and, if rejected or deferred, {@value #REASON}. A mail that already has an
 * outcome has been judged and is left alone.
 *
 * <p>Parameters are child elements, all optional. A bad parameter stops James with a message. See
 * the README for the list. All blocks of one server share one receiver. May be used by many threads
 * at once.
 */
public class TlsReportMailet extends GenericMailet {
  static final String OUTCOME = "io.tlsrpt.outcome";
  static final String REASON = "io.tlsrpt.reason";

  private static final Logger LOGGER = LoggerFactory.getLogger(TlsReportMailet.class);
  private static final AttributeName OUTCOME_NAME = AttributeName.of(OUTCOME);

  private final SharedReceiver receiver;
  private boolean passThrough = true;
  private Optional<String> rejectedProcessor = Optional.empty();
  private volatile @Nullable OpenReceiver open;

  /** For the container. */
  @Inject
  public TlsReportMailet(SharedReceiver receiver) {
    this.receiver = receiver;
  }

  @Override
  public void init() throws MessagingException {
    Parameters parameters = Parameters.of(getMailetConfig());
    passThrough = parameters.passThrough();
    rejectedProcessor = parameters.rejectedProcessor();
    open = receiver.join(parameters, getMailetContext());
  }

  @Override
  public void service(Mail mail) throws MessagingException {
    try {
      OpenReceiver now = open;
      if (now != null && mail.getAttribute(OUTCOME_NAME).isEmpty()) {
        tell(mail, now.judge(mail));
      }
    } catch (NotJudgedException e) {
      // The mail can be neither judged nor deferred: only James can keep it.
      throw e;
    } catch (OutOfMemoryError e) {
      // An Error that a mailet throws ends a spooler thread of James 3.8.
      throw new NotJudgedException("TLS report in mail " + mail.getName() + ": " + e, e);
    } catch (Throwable e) {
      // An Error that a mailet throws ends a spooler thread of James 3.8.
      LOGGER.error("Mail {} could not be judged and goes on to the next mailet", mail.getName(), e);
    }
  }

  private void tell(Mail mail, MailOutcome verdict) {
    mail.setAttribute(new Attribute(OUTCOME_NAME, AttributeValue.of(verdict.outcome().key())));
    switch (verdict.outcome()) {
      case Rejected(RejectionReason reason, String detail) -> {
        tellReason(mail, reason.key());
        rejectedProcessor.ifPresent(mail::setState);
      }
      case Deferred(DeferralReason reason, String detail) -> tellReason(mail, reason.key());
      case Accepted accepted -> dropIfCounted(mail, verdict);
      case Duplicate duplicate -> dropIfCounted(mail, verdict);
    }
  }

  private static void tellReason(Mail mail, String reason) {
    mail.setAttribute(new Attribute(AttributeName.of(REASON), AttributeValue.of(reason)));
  }

  private void dropIfCounted(Mail mail, MailOutcome verdict) {
    if (!passThrough && verdict.allCounted()) {
      mail.setState(Mail.GHOST);
    }
  }

  @Override
  public Collection<ProcessingState> requiredProcessingState() {
    return rejectedProcessor.map(ProcessingState::new).map(List::of).orElseGet(List::of);
  }

  @Override
  public void destroy() {
    if (open == null) {
      return;
    }
    open = null;
    try {
      receiver.leave();
    } catch (Throwable e) {
      // With an exception from here, James 3.8 would not destroy the mailets after this one.
      LOGGER.error("The TLS report receiver could not be closed cleanly", e);
    }
  }

  @Override
  public String getMailetInfo() {
    return "TlsReportMailet: SMTP TLS reports (RFC 8460) in JMX, version " + Version.CURRENT;
  }
}
