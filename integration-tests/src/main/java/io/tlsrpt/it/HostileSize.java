// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.it;

import java.util.EnumSet;
import java.util.Set;

/** Mails whose only malice is how long it takes to find their body parts; nobody signed them. */
public enum HostileSize {
  USUAL,
  /** A search from the end of the boundary compares all of it at each octet, at each level. */
  NESTED_DASHES,
  /** The same within what RFC 2046 §5.1.1 allows. */
  NESTED_LEGAL_DASHES,
  /** Each line may be a boundary. */
  BARE_DASHES,
  NEAR_BOUNDARIES,
  MANY_PARTS,
  /** The lines that make the most objects of an octet. */
  PART_HEADER_OF_NOTHING,
  PART_HEADER_WITHOUT_END,
  PART_HEADER_OF_ONE_FIELD;

  /** James takes no longer lines than 8 KiB. */
  private static final int LINE = 8_000;

  private static final int PARTS = 10_000;
  private static final String END = "\nHello\n--b--\n";

  /** Those that make a search for boundaries long, and what they are measured by. */
  static final Set<HostileSize> SEARCHES = EnumSet.range(USUAL, MANY_PARTS);

  /** A mail of about so many octets. */
  public byte[] mail(int size) {
    return Octets.of(
        "From: anybody@hostile.example\n"
            + "To: tlsrpt@example.com\n"
            + "Subject: "
            + this
            + "\nMIME-Version: 1.0\n"
            + body(size));
  }

  private String body(int size) {
    return switch (this) {
      case USUAL -> onePart("Content-Transfer-Encoding: base64\n", size, "QUJD".repeat(19) + "\n");
      case NESTED_DASHES -> nested(size, 1_900);
      case NESTED_LEGAL_DASHES -> nested(size, 70);
      case BARE_DASHES -> onePart("", size, "--\n");
      case NEAR_BOUNDARIES -> onePart("", size, "--b-not\n--\n");
      case MANY_PARTS ->
          multipart("b") + ("--b\n\n" + "x".repeat(size / PARTS - 9) + "\n").repeat(PARTS);
      case PART_HEADER_OF_NOTHING -> partHeader(size, "a\na:\n:\n") + END;
      case PART_HEADER_WITHOUT_END -> partHeader(size, "X-A: " + "b".repeat(70) + "\n");
      case PART_HEADER_OF_ONE_FIELD -> partHeader(size, " " + "b".repeat(70) + "\n") + END;
    };
  }

  private static String onePart(String header, int size, String line) {
    return multipart("b") + "--b\n" + header + "\n" + filled(size, line) + "--b--\n";
  }

  private static String partHeader(int size, String line) {
    return multipart("b") + "--b\nX-First: 1\n" + filled(size, line);
  }

  /** Nine multiparts, one in the other, and lines that are their boundaries but for the x. */
  private static String nested(int size, int length) {
    StringBuilder body = new StringBuilder();
    for (int level = 0; level < 9; level++) {
      String boundary = "-".repeat(length - level);
      body.append(multipart(boundary)).append("--").append(boundary).append('\n');
    }
    return body.append('\n').append(filled(size, "x" + "-".repeat(LINE) + "\n")).toString();
  }

  private static String multipart(String boundary) {
    return "Content-Type: multipart/mixed;\n boundary=\"" + boundary + "\"\n\n";
  }

  /** Lines of a size in all, each end of which has a CR more when it is sent. */
  private static String filled(int size, String line) {
    return line.repeat(size / Octets.of(line).length);
  }
}
