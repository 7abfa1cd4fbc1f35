// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.mailet;

import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.hook.HookResult;
import org.apache.james.smtpserver.JamesMessageHook;
import org.apache.mailet.Mail;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A hook of James' SMTP server, for {@code smtpserver.xml}, optional: keeps the header of a mail
 * that has octets above 127 in it, since James' queues write a question mark for each of them, and
 * no signature over such a field would verify. Belongs before all other handlers: some change the
 * header, and it is kept as it is then. Never refuses a mail. May be used by many threads at once.
 */
public class HeaderOctetsHook implements JamesMessageHook {
  private static final Logger LOGGER = LoggerFactory.getLogger(HeaderOctetsHook.class);

  @Override
  public HookResult onMessage(SMTPSession session, Mail mail) {
    try {
      KeptHeader.keep(mail);
    } catch (Throwable e) {
      // Other mail must arrive whatever happens here.
      LOGGER.error("The octets of the header of mail {} are not kept", mail.getName(), e);
    }
    return HookResult.DECLINED;
  }
}
