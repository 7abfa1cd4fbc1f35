// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.mailet;

import jakarta.mail.MessagingException;
import jakarta.mail.Part;
import jakarta.mail.internet.InternetHeaders;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMultipart;
import java.io.InputStream;

/**
 * A multipart that stops being parsed at a number of parts: Jakarta Mail parses all of them before
 * it gives the first, and a mail of nothing but boundaries has millions.
 */
final class BoundedMultipart extends MimeMultipart {
  private int left;

  /** Parses straight from the bytes: getContent() would ask the mailcap registry of the server. */
  BoundedMultipart(Part multipart, int atMost) throws MessagingException {
    super(multipart.getDataHandler().getDataSource());
    this.left = atMost;
  }

  @Override
  protected MimeBodyPart createMimeBodyPart(InputStream part) throws MessagingException {
    count();
    return super.createMimeBodyPart(part);
  }

  @Override
  protected MimeBodyPart createMimeBodyPart(InternetHeaders headers, byte[] content)
      throws MessagingException {
    count();
    return super.createMimeBodyPart(headers, content);
  }

  private void count() throws TooManyPartsException {
    if (left == 0) {
      throw new TooManyPartsException();
    }
    left--;
  }

  static final class TooManyPartsException extends MessagingException {
    private static final long serialVersionUID = 1;
  }
}
