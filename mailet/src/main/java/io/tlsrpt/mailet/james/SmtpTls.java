// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.mailet.james;

import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.mailet.Attribute;
import org.apache.mailet.AttributeName;
import org.apache.mailet.AttributeUtils;
import org.apache.mailet.AttributeValue;
import org.apache.mailet.Mail;

/**
 * Over which version of TLS a mail came. James' SMTP server notes it on the mail, in 3.9; 3.8 does
 * not.
 */
public final class SmtpTls {
  /** {@code Mail.SSL_PROTOCOL} of 3.9, which 3.8 does not have. */
  private static final AttributeName PROTOCOL = AttributeName.of("org.apache.james.ssl.protocol");

  private static final Pattern VERSION = Pattern.compile("TLSv1(\\.[0-9])?");

  /** A mail that is judged again came long ago, and still has what James noted then. */
  private static final AttributeName TOLD = AttributeName.of("io.tlsrpt.tls");

  private SmtpTls() {}

  /**
   * Such as {@code TLSv1.3}; empty if it came in clear text, or nobody knows. Told of a mail once
   * only, which an attribute of the mail notes.
   */
  public static Optional<String> tellOnce(Mail mail) {
    Optional<String> protocol =
        mail.getAttribute(TOLD).isPresent()
            ? Optional.empty()
            : AttributeUtils.getValueAndCastFromMail(mail, PROTOCOL, String.class)
                .filter(its -> VERSION.matcher(its).matches());
    protocol.ifPresent(its -> mail.setAttribute(new Attribute(TOLD, AttributeValue.of(its))));
    return protocol;
  }
}
