// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.mailet;

import io.tlsrpt.mailet.james.JamesOutbox;
import io.tlsrpt.receiver.mime.MediaType;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.MimeMessage;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.james.core.MailAddress;
import org.apache.mailet.Mail;
import org.apache.mailet.base.GenericMatcher;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Matches mails that may carry a TLS report: {@code IsTlsReport[=address,address…]}.
 *
 * <p>With addresses, it matches those recipients of any mail, whatever the header says: reports
 * come to the rua mailbox (RFC 8460 §3). Without addresses, it matches all recipients of a mail
 * whose top-level header fields say that it is a report (RFC 8460 §5.3). It never reads the body,
 * and never matches a mail in which the receiver tells of reports. An invalid address stops James.
 */
public class IsTlsReport extends GenericMatcher {
  private static final Logger LOGGER = LoggerFactory.getLogger(IsTlsReport.class);

  private Set<MailAddress> ruas = Set.of();

  @Override
  public void init() throws MessagingException {
    String condition = getCondition();
    ruas = condition == null ? Set.of() : addresses(condition);
  }

  private static Set<MailAddress> addresses(String condition) throws MessagingException {
    List<String> written = Arrays.stream(condition.split(",", -1)).map(String::strip).toList();
    for (String address : written) {
      check(address, condition);
    }
    return written.stream().map(IsTlsReport::address).collect(Collectors.toUnmodifiableSet());
  }

  private static void check(String address, String condition) throws MessagingException {
    try {
      if (address(address).getLocalPart().contains("*")) {
        // RFC 5322 allows a star in a name, but whoever writes it here means a whole domain.
        throw bad(address, "would match only a recipient of exactly that name", condition, null);
      }
    } catch (IllegalArgumentException e) {
      throw bad(address, "is no mail address", condition, e);
    }
  }

  private static MessagingException bad(
      String address, String why, String condition, @Nullable Exception cause) {
    return new MessagingException(
        "IsTlsReport="
            + condition
            + ": '"
            + address
            + "' "
            + why
            + "; allowed: a comma list of addresses, or IsTlsReport alone",
        cause);
  }

  private static MailAddress address(String written) {
    try {
      return new MailAddress(written);
    } catch (AddressException e) {
      throw new IllegalArgumentException(written, e);
    }
  }

  /**
   * The recipients to whom the mail may bring a report.
   *
   * @throws MessagingException if the server cannot give the header now. {@code onMatchException}
   *     decides what James does with the mail then; by default James keeps it
   */
  @Override
  public Collection<MailAddress> match(Mail mail) throws MessagingException {
    try {
      return matching(mail);
    } catch (MessagingException e) {
      throw e;
    } catch (OutOfMemoryError e) {
      throw new MessagingException("The header of mail " + mail.getName() + ": " + e);
    } catch (Throwable e) {
      // An Error that a matcher throws ends a spooler thread of James 3.8.
      LOGGER.error("Mail {} cannot be examined and is taken for no TLS report", mail.getName(), e);
      return List.of();
    }
  }

  private Collection<MailAddress> matching(Mail mail) throws MessagingException {
    if (JamesOutbox.isOurs(mail)) {
      return List.of();
    }
    if (!ruas.isEmpty()) {
      return mail.getRecipients().stream().filter(ruas::contains).toList();
    }
    return saysTlsReport(mail.getMessage()) ? mail.getRecipients() : List.of();
  }

  /**
   * Uses the header as James has parsed it: every mail passes here, and a second parse costs time.
   */
  private static boolean saysTlsReport(MimeMessage message) throws MessagingException {
    if (message.getHeader("TLS-Report-Domain") != null
        || message.getHeader("TLS-Report-Submitter") != null) {
      return true;
    }
    String[] types = message.getHeader("Content-Type");
    return types != null
        && Arrays.stream(types)
            .map(MediaType::parse)
            .anyMatch(type -> type.isReport() || type.isReportContainer());
  }

  @Override
  public String getMatcherInfo() {
    return "IsTlsReport: mails that may carry a TLS report (RFC 8460)";
  }
}
