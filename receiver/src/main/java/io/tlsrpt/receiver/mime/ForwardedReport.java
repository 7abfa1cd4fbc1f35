// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.receiver.mime;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Guesses whether a body part is a mail that holds a report, however deep. Such a report is never
 * read, since its reporter did not sign the mail around it. The guess only improves the text of a
 * rejection.
 */
final class ForwardedReport {
  /** Octets to search: enough for the headers of several nested mails. */
  private static final int LOOK = 64 << 10;

  /** In lower case, as RFC 8460 §5.3 has them in the header of a report mail. */
  private static final List<String> WORDS =
      List.of(
          "application/tlsrpt",
          "report-type=tlsrpt",
          "report-type=\"tlsrpt\"",
          "\ntls-report-domain:",
          "\ntls-report-submitter:");

  /** A mail that somebody attached as a file, under any label. */
  private static final Pattern BEGINNING_OF_A_HEADER = Pattern.compile("\\s*+[!-9;-~]++:[ \t]");

  private ForwardedReport() {}

  static boolean seemsToBeIn(BodyPart part) {
    try (InputStream body = part.open()) {
      String text = '\n' + lower(body.readNBytes(LOOK));
      return (part.type().isMessage() || BEGINNING_OF_A_HEADER.matcher(text).lookingAt())
          && WORDS.stream().anyMatch(text::contains);
    } catch (IOException e) {
      return false;
    }
  }

  private static String lower(byte[] octets) {
    return new String(octets, ISO_8859_1).toLowerCase(Locale.ROOT);
  }
}
