// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.mailet.dkim;

import static java.util.Objects.requireNonNull;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A mail as signatures see it: header fields to the byte, and the body. Lines end in CRLF whatever
 * the server stored: RFC 6376 §5.3 has signers do the same.
 */
public final class RawMail {
  /** Real reports have some 10 KB. */
  static final int MAX_HEADER_LENGTH = 256 << 10;

  /** That of jDKIM, which turns fields into bytes again. */
  private static final Charset FIELDS = Charset.defaultCharset();

  private final byte[] bytes;
  private final int size;
  private final int body;
  private final Map<String, List<Field>> fields;

  private RawMail(byte[] bytes, int size, int body, List<Field> fields) {
    this.bytes = bytes;
    this.size = size;
    this.body = body;
    this.fields = fields.stream().collect(Collectors.groupingBy(Field::name));
  }

  /**
   * A header field.
   *
   * @param name in lower case
   * @param text the whole of it, name and folds included, without its last line end
   */
  public record Field(String name, String text) {
    public Field {
      requireNonNull(name, "name");
      requireNonNull(text, "text");
    }

    /** What follows the colon. */
    public String value() {
      return text.substring(text.indexOf(':') + 1);
    }
  }

  /**
   * Takes a mail; {@code bytes} are not copied if their lines end in CRLF.
   *
   * @param size how many of them are the mail
   */
  public static RawMail of(byte[] bytes, int size) {
    if (hasBareLineFeed(bytes, size)) {
      byte[] canonical = withCrLf(bytes, size);
      return parse(canonical, canonical.length);
    }
    return parse(bytes, size);
  }

  private static RawMail parse(byte[] bytes, int size) {
    List<Field> fields = new ArrayList<>();
    int start = 0;
    while (start < size && !isLineEnd(bytes, start, size)) {
      int end = endOfField(bytes, start, size);
      if (start <= MAX_HEADER_LENGTH && end <= MAX_HEADER_LENGTH) {
        addField(fields, new String(bytes, start, end - start, FIELDS));
      }
      start = Math.min(size, end + 2);
    }
    return new RawMail(bytes, size, Math.min(size, start + 2), fields);
  }

  private static void addField(List<Field> fields, String text) {
    int colon = text.indexOf(':');
    if (colon > 0) {
      fields.add(new Field(text.substring(0, colon).strip().toLowerCase(Locale.ROOT), text));
    }
  }

  /** The line end that no blank follows, or the end of the mail. */
  private static int endOfField(byte[] bytes, int start, int size) {
    for (int i = start; i < size; i++) {
      if (isLineEnd(bytes, i, size) && !isBlank(bytes, i + 2, size)) {
        return i;
      }
    }
    return size;
  }

  private static boolean isLineEnd(byte[] bytes, int at, int size) {
    return at + 1 < size && bytes[at] == '\r' && bytes[at + 1] == '\n';
  }

  private static boolean isBlank(byte[] bytes, int at, int size) {
    return at < size && (bytes[at] == ' ' || bytes[at] == '\t');
  }

  private static boolean hasBareLineFeed(byte[] bytes, int size) {
    for (int i = 0; i < size; i++) {
      if (bytes[i] == '\n' && (i == 0 || bytes[i - 1] != '\r')) {
        return true;
      }
    }
    return false;
  }

  private static byte[] withCrLf(byte[] bytes, int size) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(size + size / 32);
    for (int i = 0; i < size; i++) {
      if (bytes[i] == '\n' && (i == 0 || bytes[i - 1] != '\r')) {
        out.write('\r');
      }
      out.write(bytes[i]);
    }
    return out.toByteArray();
  }

  /**
   * The fields of a name, from the top.
   *
   * @param name in lower case
   */
  List<Field> fields(String name) {
    return fields.getOrDefault(name, List.of());
  }

  void writeBodyTo(OutputStream out) throws IOException {
    out.write(bytes, body, size - body);
  }
}
