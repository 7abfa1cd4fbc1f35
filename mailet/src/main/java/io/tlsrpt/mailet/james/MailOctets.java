// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.mailet.james;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.tlsrpt.message.RawMail;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Collections;
import java.util.Optional;
import org.apache.james.server.core.MimeMessageWrapper;
import org.apache.mailet.Mail;

/**
 * Gives the octets of a message as it was received. James' own message gives them as they came, but
 * only until a mailet reads its content or changes its header. After that James rewrites the
 * header, and 3.8.1 and 3.9.0 write a question mark for each octet above 127, so that no signature
 * over such a field verifies. The lines of the parsed header still have these octets, one in each
 * character, and are used instead.
 */
public final class MailOctets {
  private MailOctets() {}

  /** Writes a message with all the octets that James can still give. */
  public static void write(MimeMessage message, OutputStream out)
      throws MessagingException, IOException {
    if (message instanceof MimeMessageWrapper received) {
      try (InputStream octets = received.getMessageInputStream()) {
        octets.transferTo(out);
      }
    } else {
      message.writeTo(out);
    }
  }

  /**
   * Whether the header may have lost octets on the way: it has question marks and no octet above
   * 127.
   */
  public static boolean mayHaveLost(RawMail written) {
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

  /**
   * The mail with its kept header; else with the octets that the header's lines have; else as
   * written.
   */
  public static RawMail restored(RawMail written, Mail mail) throws MessagingException {
    Optional<RawMail> kept = KeptHeader.restored(written, mail);
    return kept.isPresent() ? kept.get() : fromLines(written, mail.getMessage());
  }

  private static RawMail fromLines(RawMail written, MimeMessage message) throws MessagingException {
    StringBuilder header = new StringBuilder();
    for (String line : Collections.list(message.getAllHeaderLines())) {
      header.append(line).append("\r\n");
    }
    if (header.chars().noneMatch(c -> c > 0x7f)) {
      return written;
    }
    return withHeader(header.append("\r\n").toString().getBytes(ISO_8859_1), written);
  }

  /**
   * A mail with another header.
   *
   * @param header with the empty line that ends it
   */
  static RawMail withHeader(byte[] header, RawMail written) {
    int body = written.size() - written.bodyStart();
    byte[] whole = Arrays.copyOf(header, header.length + body);
    System.arraycopy(written.bytes(), written.bodyStart(), whole, header.length, body);
    return RawMail.of(whole, whole.length);
  }
}
