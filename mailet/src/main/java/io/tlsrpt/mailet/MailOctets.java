// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.mailet;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.tlsrpt.message.RawMail;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Collections;
import org.apache.james.server.core.MimeMessageWrapper;

/**
 * The octets of a message as it was received. James' own message gives them as they came, but only
 * until somebody has looked at its content or changed its header. From then on James writes the
 * header anew, in 3.8.1 and 3.9.0 with a question mark for each octet above 127, and no signature
 * over such a field would verify. The header's lines still have these octets, one in each
 * character, so they are taken from there.
 */
final class MailOctets {
  private MailOctets() {}

  /** Writes a message with all its octets. */
  static void write(MimeMessage message, OutputStream out) throws MessagingException, IOException {
    if (message instanceof MimeMessageWrapper received) {
      try (InputStream octets = received.getMessageInputStream()) {
        octets.transferTo(out);
      }
    } else {
      message.writeTo(out);
    }
  }

  /**
   * Whether octets of the header may have been lost on the way: none is above 127, and there are
   * question marks.
   */
  static boolean mayHaveLost(RawMail written) {
    boolean questionMark = false;
    for (int i = 0; i < written.bodyStart(); i++) {
      byte octet = written.bytes()[i];
      if (octet < 0) {
        return false;
      }
      questionMark |= octet == '?';
    }
    return questionMark;
  }

  /** The header from its lines, if these have octets that were lost; with the body as written. */
  static RawMail restored(RawMail written, MimeMessage message) throws MessagingException {
    StringBuilder header = new StringBuilder();
    for (String line : Collections.list(message.getAllHeaderLines())) {
      header.append(line).append("\r\n");
    }
    if (header.chars().noneMatch(c -> c > 0x7f)) {
      return written;
    }
    ByteArrayOutputStream whole = new ByteArrayOutputStream(written.size() + 2);
    whole.writeBytes(header.append("\r\n").toString().getBytes(ISO_8859_1));
    whole.write(written.bytes(), written.bodyStart(), written.size() - written.bodyStart());
    return RawMail.of(whole.toByteArray(), whole.size());
  }
}
