// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.mailet.james;

import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.mailet.AttributeName;
import org.apache.mailet.AttributeUtils;
import org.apache.mailet.Mail;

/**
 * Over which version of TLS a mail came. James' SMTP server notes it on the mail, in 3.9; 3.8 does
 * not.
 */
public final class SmtpTls {
  /** {@code Mail.SSL_PROTOCOL} of 3.9, which 3.8 does not have. */
  private static final AttributeName PROTOCOL = AttributeName.of("org.apache.james.ssl.protocol");

  private static final Pattern VERSION = Pattern.compile("TLSv1(\\.[0-9])?");

  private SmtpTls() {}

  /** Such as {@code TLSv1.3}; empty if it came in clear text, or nobody knows. */
  public static Optional<String> of(Mail mail) {
    return AttributeUtils.getValueAndCastFromMail(mail, PROTOCOL, String.class)
        .filter(protocol -> VERSION.matcher(protocol).matches());
  }
}
