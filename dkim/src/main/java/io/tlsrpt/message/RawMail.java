// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.message;

import java.util.List;
import java.util.Optional;

/**
 * A mail as its octets: the one reading of it that signatures and readers share. Lines end in CRLF
 * whatever the server stored, as RFC 6376 §5.3 has signers do. Immutable as long as nobody changes
 * the octets.
 */
public final class RawMail {
  /**
   * Fields that decide how the body is read and whom the report concerns. If one of them is
   * repeated, a reader may use the topmost while a signature covers the lowest: so anyone could
   * relabel a signed mail.
   */
  private static final List<String> PARSING_FIELDS =
      List.of(
          "content-type", "content-transfer-encoding", "tls-report-domain", "tls-report-submitter");

  private final byte[] bytes;
  private final int size;
  private final Header header;
  private final Optional<String> ambiguity;

  private RawMail(byte[] bytes, int size) {
    this.bytes = bytes;
    this.size = size;
    this.header = Header.read(bytes, 0, size, HeaderLimits.OF_A_MAIL);
    this.ambiguity = header.flaw().or(() -> repeated(header));
  }

  /**
   * Takes a mail; {@code bytes} are not copied if their lines end in CRLF.
   *
   * @param size how many of them are the mail
   */
  public static RawMail of(byte[] bytes, int size) {
    int bare = bareLineFeeds(bytes, size);
    return bare == 0
        ? new RawMail(bytes, size)
        : new RawMail(withCrLf(bytes, size, bare), size + bare);
  }

  private static Optional<String> repeated(Header header) {
    return PARSING_FIELDS.stream()
        .filter(name -> header.count(name) > 1)
        .findFirst()
        .map(name -> "the field " + name + " is there more than once");
  }

  private static int bareLineFeeds(byte[] bytes, int size) {
    int count = 0;
    for (int i = 0; i < size; i++) {
      if (bytes[i] == '\n' && (i == 0 || bytes[i - 1] != '\r')) {
        count++;
      }
    }
    return count;
  }

  private static byte[] withCrLf(byte[] bytes, int size, int bare) {
    byte[] out = new byte[size + bare];
    int at = 0;
    for (int i = 0; i < size; i++) {
      if (bytes[i] == '\n' && (i == 0 || bytes[i - 1] != '\r')) {
        out[at++] = '\r';
      }
      out[at++] = bytes[i];
    }
    return out;
  }

  /** The header's fields. */
  public Header header() {
    return header;
  }

  /** Its octets, of which the first {@link #size()} are the mail; not to be changed. */
  public byte[] bytes() {
    return bytes;
  }

  /** How many octets it has. */
  public int size() {
    return size;
  }

  /** Where the body begins in {@link #bytes()}. */
  public int bodyStart() {
    return header.end();
  }

  /**
   * Why readers may see different fields, or read the body in different ways; empty if they cannot.
   * Such a mail cannot be believed: its signature may cover what one reader sees, and another
   * reader acts on something else.
   */
  public Optional<String> ambiguity() {
    return ambiguity.map(why -> "the header can be read in several ways: " + why);
  }
}
