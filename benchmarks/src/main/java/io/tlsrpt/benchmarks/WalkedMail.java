// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.benchmarks;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.tlsrpt.testing.DkimKey;
import io.tlsrpt.testing.DkimSigner;
import java.util.Base64;

/** Mails to walk through; all but the first have about 1 MiB. */
public enum WalkedMail {
  SMALL_REPORT {
    @Override
    byte[] octets() {
      return SampleMail.signedBy(
          DkimSigner.of("reporter.example", "s1", DkimKey.ed25519())
              .withAlgorithm("ed25519-sha256"));
    }
  },
  /** With an attachment: what the others are held against. */
  USUAL {
    @Override
    byte[] octets() {
      byte[] attachment = new byte[MIB / 138 * 100];
      for (int i = 0; i < attachment.length; i++) {
        attachment[i] = (byte) (i * 31 >> 3);
      }
      return multipart(
          "b1",
          "--b1\r\n\r\ntext\r\n--b1\r\nContent-Type: application/pdf\r\n"
              + "Content-Transfer-Encoding: base64\r\n\r\n"
              + Base64.getMimeEncoder().encodeToString(attachment)
              + "\r\n--b1--\r\n");
    }
  },
  /** Every search for a boundary of dashes has to compare nearly all of it, at each octet. */
  NESTED_70 {
    @Override
    byte[] octets() {
      return nested(70);
    }
  },
  /** As {@link #NESTED_70}, with boundaries that are longer than RFC 2046 §5.1.1 allows. */
  NESTED_1900 {
    @Override
    byte[] octets() {
      return nested(1_900);
    }
  },
  DASHES {
    @Override
    byte[] octets() {
      return multipart("b1", "--b1\r\n\r\n" + filled("--\r\n"));
    }
  },
  /** Lines that lack a boundary's last character. */
  NEAR_BOUNDARIES {
    @Override
    byte[] octets() {
      String boundary = "=_".repeat(35);
      return multipart(
          boundary,
          "--" + boundary + "\r\n\r\n" + filled("--" + boundary.substring(0, 69) + "\r\n"));
    }
  },
  PARTS_10000 {
    @Override
    byte[] octets() {
      return multipart("b1", ("--b1\r\n\r\n" + "x".repeat(94) + "\r\n").repeat(10_000));
    }
  },
  PART_HEADER {
    @Override
    byte[] octets() {
      return multipart("b1", "--b1\r\n" + filled("a:\r\n") + "\r\ntext\r\n--b1--\r\n");
    }
  };

  private static final int MIB = 1 << 20;

  /** The most that the product follows, the outermost one included. */
  private static final int DEPTH = 9;

  /** The mail; lines end in CRLF. */
  abstract byte[] octets();

  private static byte[] multipart(String boundary, String body) {
    return ("From: a@reporter.example\r\n" + contentType(boundary) + "\r\n" + body)
        .getBytes(US_ASCII);
  }

  private static String contentType(String boundary) {
    return "Content-Type: multipart/mixed; boundary=\"" + boundary + "\"\r\n";
  }

  /** One within the other, each boundary a dash shorter than the one around it. */
  private static byte[] nested(int dashes) {
    StringBuilder body = new StringBuilder();
    for (int i = 1; i < DEPTH; i++) {
      body.append("--").append("-".repeat(dashes - i + 1)).append("\r\n");
      body.append(contentType("-".repeat(dashes - i))).append("\r\n");
    }
    body.append("--").append("-".repeat(dashes - DEPTH + 1)).append("\r\n\r\n");
    return multipart("-".repeat(dashes), body + filled("x" + "-".repeat(8_000) + "\r\n"));
  }

  private static String filled(String line) {
    return line.repeat(MIB / line.length());
  }
}
