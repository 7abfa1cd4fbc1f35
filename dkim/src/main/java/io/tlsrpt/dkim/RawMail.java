// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.dkim;

import static java.util.Objects.requireNonNull;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A mail as signatures see it: header fields to the byte, and the body. Lines end in CRLF whatever
 * the server stored: RFC 6376 §5.3 has signers do the same.
 */
public final class RawMail {
  /** Real reports have some 10 KB. */
  static final int MAX_HEADER_LENGTH = 256 << 10;

  /** What is wrong with a mail that is not clear. */
  static final String UNCLEAR =
      "the header can be read in several ways: stray control characters, more than "
          + MAX_HEADER_LENGTH
          + " bytes, or a field twice that says how to read the mail";

  /** That of jDKIM, which turns fields into bytes again. */
  private static final Charset FIELDS = Charset.defaultCharset();

  /** RFC 5322 §3.6.8, and the blanks that obsolete syntax allows before the colon. */
  private static final Pattern NAME = Pattern.compile("([!-9;-~]+)[ \\t]*:");

  private static final List<String> READ_BY =
      List.of(
          "mime-version",
          "content-type",
          "content-transfer-encoding",
          "tls-report-domain",
          "tls-report-submitter");

  private final byte[] bytes;
  private final int size;
  private final int body;
  private final boolean clear;
  private final Map<String, List<Field>> fields;

  private RawMail(byte[] bytes, int size, int body, boolean clear, List<Field> fields) {
    this.bytes = bytes;
    this.size = size;
    this.body = body;
    this.clear = clear;
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
    while (start < Math.min(size, MAX_HEADER_LENGTH) && !isLineEnd(bytes, start, size)) {
      int end = endOfField(bytes, start, size);
      addField(fields, new String(bytes, start, end - start, FIELDS));
      start = Math.min(size, end + 2);
    }
    boolean clear = start <= MAX_HEADER_LENGTH && !hasStrayControls(bytes, start);
    return new RawMail(bytes, size, Math.min(size, start + 2), clear, fields);
  }

  private static void addField(List<Field> fields, String text) {
    Matcher name = NAME.matcher(text);
    if (name.lookingAt()) {
      fields.add(new Field(name.group(1).toLowerCase(Locale.ROOT), text));
    }
  }

  /** A lone CR ends a line for some parsers, and then the whole header, but not for others. */
  private static boolean hasStrayControls(byte[] bytes, int headerEnd) {
    for (int i = 0; i < headerEnd; i++) {
      if (bytes[i] == 0 || (bytes[i] == '\r' && !isLineEnd(bytes, i, headerEnd))) {
        return true;
      }
    }
    return false;
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
   * Whether every parser sees the same header, with no field twice that says how to read the body:
   * signatures cover the lowest one, readers take the topmost.
   */
  boolean isClear() {
    return clear && READ_BY.stream().allMatch(name -> fields(name).size() <= 1);
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
