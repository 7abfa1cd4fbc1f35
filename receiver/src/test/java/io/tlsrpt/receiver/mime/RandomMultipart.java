// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.receiver.mime;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;

/** Random multiparts, well-formed but odd on purpose. The same seed gives the same mail. */
final class RandomMultipart {
  private static final int MAX_DEPTH = 4;
  private static final String[] BOUNDARIES = {
    "b", "b1", "b12", "b1-", "-b", "--b", "----=_Part_1.2", "=_b", "B", "a b", "x:'()+_,./=?", "1"
  };
  private static final String[] TYPES = {
    "text/plain",
    "Text/HTML; charset=utf-8",
    "application/tlsrpt+gzip",
    "application/tlsrpt+json",
    "application/octet-stream (data)",
    "image/png;\r\n\tname=\"a; b.png\""
  };

  /**
   * Lines that look like delimiters and are none for any outer boundary. A line like {@code --b--x}
   * is not among them: Jakarta Mail takes it for the end of b, which RFC 2046 does not say.
   */
  private static final String[] ODD_LINES = {
    "", "-", "--", "-- ", "---", "--c", "--b2", " --b", "x--b", "Content-Type: a/b", "."
  };

  private final Random random;

  RandomMultipart(long seed) {
    random = new Random(seed);
  }

  byte[] mail() {
    return ("From: a@b.example\r\nMIME-Version: 1.0\r\n" + multipart(new ArrayList<>()))
        .getBytes(ISO_8859_1);
  }

  /** Its header, its empty line, and its content. */
  private String multipart(List<String> outer) {
    String boundary = boundary(outer);
    List<String> all = new ArrayList<>(outer);
    all.add(boundary);
    StringBuilder text = new StringBuilder();
    text.append("Content-Type: multipart/mixed; boundary=\"%s\"\r\n\r\n".formatted(boundary));
    text.append(random.nextBoolean() ? "" : lines() + "\r\n");
    for (int parts = 1 + random.nextInt(4); parts > 0; parts--) {
      text.append("--" + boundary + blanks() + "\r\n");
      text.append(all.size() < MAX_DEPTH && chance(3) ? multipart(all) : leaf());
      text.append("\r\n");
    }
    text.append("--" + boundary + "--" + blanks());
    return text.append(random.nextBoolean() ? "" : "\r\n" + lines()).toString();
  }

  /**
   * A boundary that is not open. It must not be an open one with a dash: that looks like its end.
   */
  private String boundary(List<String> open) {
    while (true) {
      String boundary = BOUNDARIES[random.nextInt(BOUNDARIES.length)];
      if (!open.contains(boundary)
          && open.stream().noneMatch(outer -> boundary.startsWith(outer + "-"))) {
        return boundary;
      }
    }
  }

  private String leaf() {
    String type = chance(5) ? "" : "Content-Type: " + TYPES[random.nextInt(TYPES.length)] + "\r\n";
    return switch (random.nextInt(4)) {
      case 0 -> type + "Content-Transfer-Encoding: base64\r\n\r\n" + base64();
      case 1 -> type + "content-transfer-encoding : Quoted-Printable\r\n\r\n" + quotedPrintable();
      case 2 -> type + "Content-Transfer-Encoding: 8bit\r\n\r\n" + lines();
      default -> type + "\r\n" + lines();
    };
  }

  private String base64() {
    byte[] octets = new byte[random.nextInt(300)];
    random.nextBytes(octets);
    return Base64.getMimeEncoder().encodeToString(octets) + (chance(3) ? "\r\n" : "");
  }

  private String quotedPrintable() {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(40); i > 0; i--) {
      text.append(
          switch (random.nextInt(4)) {
            case 0 -> "=%02X".formatted(random.nextInt(256));
            case 1 -> "=\r\n";
            case 2 -> "\r\n";
            default -> "ab c";
          });
    }
    return text.append("z").toString();
  }

  private String lines() {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(5); i >= 0; i--) {
      text.append(line()).append(i == 0 ? "" : "\r\n");
    }
    return text.toString();
  }

  private String line() {
    if (chance(2)) {
      return ODD_LINES[random.nextInt(ODD_LINES.length)];
    }
    StringBuilder line = new StringBuilder("t");
    for (int i = random.nextInt(30); i > 0; i--) {
      line.append(
          (char) (random.nextBoolean() ? ' ' + random.nextInt(95) : 0xa0 + random.nextInt(96)));
    }
    return line.toString();
  }

  private String blanks() {
    return chance(6) ? " \t" : "";
  }

  private boolean chance(int oneOf) {
    return random.nextInt(oneOf) == 0;
  }
}
