// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.mailet;

import io.tlsrpt.mailet.james.KeptHeader;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.hook.HookResult;
import org.apache.james.smtpserver.JamesMessageHook;
import org.apache.mailet.Mail;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An optional hook of James' SMTP server, for {@code smtpserver.xml}. It keeps a header that has
 * octets above 127: James' queues write a question mark for each such octet, and then no signature
 * over the field verifies. Put it before all other handlers, since some change the header, and the
 * hook keeps what it sees. Never refuses a mail. May be used by many threads at once.
 */
public class HeaderOctetsHook implements JamesMessageHook {
  private static final Logger LOGGER = LoggerFactory.getLogger(HeaderOctetsHook.class);

  @Override
  public HookResult onMessage(SMTPSession session, Mail mail) {
    try {
      KeptHeader.keep(mail);
    } catch (Throwable e) {
      // A failure here must not keep the mail from arriving.
      LOGGER.error("HeaderOctetsHook could not keep the header of mail {}", mail.getName(), e);
    }
    return HookResult.DECLINED;
  }
}
