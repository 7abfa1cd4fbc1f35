// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.mailet;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.tlsrpt.message.RawMail;
import jakarta.mail.Header;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import org.apache.james.mime4j.MimeException;
import org.apache.james.mime4j.stream.EntityState;
import org.apache.james.mime4j.stream.MimeConfig;
import org.apache.james.mime4j.stream.MimeTokenStream;
import org.apache.james.mime4j.stream.RecursionMode;

/**
 * The header of a mail as three readers see it: ours, Jakarta Mail's and mime4j's. If ours calls
 * the header clear, all must see the same fields and the same beginning of the body.
 */
final class HeaderPeers {
  private static final Session SESSION = Session.getInstance(new Properties());

  private static final MimeConfig UNLIMITED =
      MimeConfig.custom()
          .setMaxLineLen(-1)
          .setMaxHeaderLen(-1)
          .setMaxHeaderCount(-1)
          .setMaxContentLen(-1)
          .build();

  private HeaderPeers() {}

  /** Fields, each as {@code name:value} with a lower-case name, and what follows the header. */
  record View(List<String> fields, String body) {}

  /**
   * Compares the readers.
   *
   * @return whether ours calls the header clear
   * @throws AssertionError if the readers differ although ours calls the header clear
   */
  static boolean agree(byte[] octets) {
    RawMail mail = RawMail.of(octets, octets.length);
    if (mail.header().flaw().isPresent()) {
      return false;
    }
    View ours = ours(mail);
    byte[] canonical = new byte[mail.size()];
    System.arraycopy(mail.bytes(), 0, canonical, 0, canonical.length);
    check(ours, jakarta(canonical), "Jakarta Mail", canonical);
    check(ours, mime4j(canonical), "mime4j", canonical);
    return true;
  }

  private static void check(View ours, View theirs, String reader, byte[] octets) {
    if (!ours.equals(theirs)) {
      throw new AssertionError(
          "of "
              + Base64.getEncoder().encodeToString(octets)
              + " we see "
              + ours
              + " but "
              + reader
              + " sees "
              + theirs);
    }
  }

  private static View ours(RawMail mail) {
    List<String> fields =
        mail.header().fields().stream().map(f -> field(f.name(), f.octets())).toList();
    String body =
        new String(mail.bytes(), mail.bodyStart(), mail.size() - mail.bodyStart(), ISO_8859_1);
    return new View(fields, body);
  }

  private static View jakarta(byte[] octets) {
    try {
      MimeMessage message = new MimeMessage(SESSION, new ByteArrayInputStream(octets));
      List<String> fields = new ArrayList<>();
      for (Header header : Collections.list(message.getAllHeaders())) {
        fields.add(field(header.getName(), header.getValue()));
      }
      return new View(fields, new String(message.getRawInputStream().readAllBytes(), ISO_8859_1));
    } catch (MessagingException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static View mime4j(byte[] octets) {
    MimeTokenStream tokens = new MimeTokenStream(UNLIMITED);
    tokens.setRecursionMode(RecursionMode.M_FLAT);
    tokens.parse(new ByteArrayInputStream(octets));
    List<String> fields = new ArrayList<>();
    try {
      for (EntityState state = tokens.getState();
          state != EntityState.T_END_OF_STREAM;
          state = tokens.next()) {
        if (state == EntityState.T_FIELD) {
          fields.add(field(tokens.getField().getName(), tokens.getField().getBody()));
        } else if (state == EntityState.T_BODY) {
          return new View(fields, new String(tokens.getInputStream().readAllBytes(), ISO_8859_1));
        }
      }
      return new View(fields, "");
    } catch (IOException | MimeException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Without folds and blanks around the value: readers differ there, but the meaning is the same.
   */
  private static String field(String name, String value) {
    return name.toLowerCase(Locale.ROOT)
        + ":"
        + value.replace("\r\n", "").replaceAll("[ \t]+", " ").replaceAll("^ | $", "");
  }
}
