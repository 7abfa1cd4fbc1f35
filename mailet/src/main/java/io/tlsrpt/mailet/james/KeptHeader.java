// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.mailet.james;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.tlsrpt.message.RawMail;
import jakarta.mail.MessagingException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.apache.james.server.core.MimeMessageWrapper;
import org.apache.mailet.Attribute;
import org.apache.mailet.AttributeName;
import org.apache.mailet.AttributeUtils;
import org.apache.mailet.AttributeValue;
import org.apache.mailet.Mail;

/**
 * Keeps the header of a mail as it was before James' queue rewrote it, in an attribute of the mail.
 * The attribute is a text with one octet in each character, which every queue can store. Only mails
 * whose header the queue would change have the attribute.
 */
public final class KeptHeader {
  /** In octets. A longer header is not kept, since attributes take room in James' heap. */
  public static final int MAX_LENGTH = 64 << 10;

  private static final AttributeName NAME = AttributeName.of("io.tlsrpt.header");

  private KeptHeader() {}

  /** Keeps the header of a mail that has just been received. */
  public static void keep(Mail mail) throws MessagingException, IOException {
    if (mail.getMessage() instanceof MimeMessageWrapper received) {
      try (InputStream octets = received.getMessageInputStream()) {
        header(octets.readNBytes(MAX_LENGTH))
            .ifPresent(header -> mail.setAttribute(new Attribute(NAME, AttributeValue.of(header))));
      }
    }
  }

  /** The header at the beginning of a mail, with its empty line, if it has octets above 127. */
  private static Optional<String> header(byte[] beginning) {
    boolean above127 = false;
    for (int i = 0; i < beginning.length; i++) {
      above127 |= beginning[i] < 0;
      if (endsEmptyLine(beginning, i)) {
        return above127
            ? Optional.of(new String(beginning, 0, i + 1, ISO_8859_1))
            : Optional.empty();
      }
    }
    return Optional.empty();
  }

  private static boolean endsEmptyLine(byte[] octets, int at) {
    return at >= 3
        && octets[at] == '\n'
        && octets[at - 1] == '\r'
        && octets[at - 2] == '\n'
        && octets[at - 3] == '\r';
  }

  /**
   * The mail with its kept header, if the written header differs from that only by the queue's
   * question marks. If somebody has changed the header since, the kept one is not restored.
   */
  static Optional<RawMail> restored(RawMail written, Mail mail) {
    return AttributeUtils.getValueAndCastFromMail(mail, NAME, String.class)
        .map(header -> header.getBytes(ISO_8859_1))
        .filter(header -> isWhatWasWritten(header, written))
        .map(header -> MailOctets.withHeader(header, written));
  }

  private static boolean isWhatWasWritten(byte[] header, RawMail written) {
    if (header.length != written.bodyStart()) {
      return false;
    }
    for (int i = 0; i < header.length; i++) {
      byte asWritten = header[i] < 0 ? (byte) '?' : header[i];
      if (asWritten != written.bytes()[i]) {
        return false;
      }
    }
    return true;
  }
}
