// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.receiver.mime;

import static org.assertj.core.api.Assertions.assertThat;

import io.tlsrpt.message.RawMail;
import io.tlsrpt.report.ReportLimits;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.ContentType;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.internet.MimePart;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** We and another MIME reader find the same parts in well-formed mails. */
@Tag("slow")
class SecondMimeReaderTest {
  private static final int MAILS = 2_500;
  private static final Session SESSION = Session.getInstance(new Properties());

  @ParameterizedTest
  @ValueSource(longs = {1, 1_000_000})
  void partsShouldBeThoseThatJakartaMailFinds(long firstSeed)
      throws MessagingException, IOException {
    for (long seed = firstSeed; seed < firstSeed + MAILS; seed++) {
      byte[] mail = new RandomMultipart(seed).mail();
      List<String> theirs = new ArrayList<>();
      addLeaves(new MimeMessage(SESSION, new ByteArrayInputStream(mail)), theirs);
      assertThat(ours(mail)).as("seed %d", seed).containsExactlyInAnyOrderElementsOf(theirs);
    }
  }

  private static void addLeaves(MimePart part, List<String> leaves)
      throws MessagingException, IOException {
    if (part.isMimeType("multipart/*")) {
      MimeMultipart parts = new MimeMultipart(part.getDataHandler().getDataSource());
      for (int i = 0; i < parts.getCount(); i++) {
        addLeaves((MimePart) parts.getBodyPart(i), leaves);
      }
    } else {
      try (InputStream octets = part.getInputStream()) {
        leaves.add(
            leaf(
                new ContentType(part.getContentType()).getBaseType().toLowerCase(Locale.ROOT),
                octets));
      }
    }
  }

  private static List<String> ours(byte[] mail) throws IOException {
    ReportParts.Search.Found found =
        (ReportParts.Search.Found)
            new ReportParts(ReportLimits.DEFAULT).in(RawMail.of(mail, mail.length));
    List<BodyPart> parts = new ArrayList<>(found.labelled());
    parts.addAll(found.others());
    List<String> leaves = new ArrayList<>();
    for (BodyPart part : parts) {
      try (InputStream octets = part.open()) {
        leaves.add(leaf(part.type().essence(), octets));
      }
    }
    return leaves;
  }

  private static String leaf(String type, InputStream octets) throws IOException {
    return type + " " + HexFormat.of().formatHex(octets.readAllBytes());
  }
}
