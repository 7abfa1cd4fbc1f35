// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.receiver.mime;

import io.tlsrpt.message.Field;
import io.tlsrpt.message.Header;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.Optional;
import org.apache.james.mime4j.codec.QuotedPrintableInputStream;

/**
 * How the octets of a body part are written (RFC 2045 §6).
 *
 * @param name in lower case
 * @param toTheLetter whether the field is written as RFC 2045 asks
 */
record TransferEncoding(String name, boolean toTheLetter) {

  /** In characters; every real field is far shorter, even with a comment. */
  private static final int MAX_LENGTH = 8_192;

  /** RFC 2045 §6.1. */
  private static final TransferEncoding DEFAULT = new TransferEncoding("7bit", true);

  /** The encoding that a header states, or that of a header which states none. */
  static TransferEncoding of(Header header) {
    Optional<Field> field = header.first("content-transfer-encoding");
    return field
        .filter(present -> present.length() <= MAX_LENGTH)
        .map(present -> parse(present.octets()))
        .orElse(DEFAULT);
  }

  /** The first word counts; a comment may follow, and some write quotes or a semicolon. */
  static TransferEncoding parse(String value) {
    Scanner text = new Scanner(value);
    text.skipBlanks();
    boolean quoted = !text.isAtEnd() && text.peek() == '"';
    String name = quoted ? text.quoted().strip() : text.upTo(";\"");
    text.skipBlanks();
    return new TransferEncoding(
        MediaType.lower(name), !quoted && text.isAtEnd() && text.isWellFormed());
  }

  boolean isKnown() {
    return switch (name) {
      case "7bit", "8bit", "binary", "base64", "quoted-printable" -> true;
      default -> false;
    };
  }

  /** Decodes octets. An unknown encoding is treated as none. */
  InputStream decode(byte[] bytes, int start, int end) {
    return switch (name) {
      case "base64" -> new Base64Octets(bytes, start, end);
      case "quoted-printable" ->
          new QuotedPrintableInputStream(
              new ByteArrayInputStream(bytes, start, end - start), false);
      default -> new ByteArrayInputStream(bytes, start, end - start);
    };
  }
}
