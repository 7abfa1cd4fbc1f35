// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.report.parser;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Guesses the form of a body part that cannot be read, so that its sender can be told what to mend.
 * The guess is made from the first bytes and used for messages only.
 */
final class FormatGuess {
  /** As many bytes as are worth a look: more than a line of quoted-printable has. */
  static final int BEGINNING = 512;

  private static final String REPLACED = "gzip whose octets above 127 were replaced on the way";

  /**
   * A form and what each of its kind begins with.
   *
   * @param beginning a character for each octet
   */
  private record Magic(String form, String beginning) {}

  private static final List<Magic> COMPRESSED =
      List.of(
          new Magic("bzip2", "BZh"),
          new Magic("xz", "\u00fd7zXZ"),
          new Magic("Zstandard", "(\u00b5/\u00fd"),
          new Magic("7-Zip", "7z\u00bc\u00af"),
          new Magic("RAR", "Rar!"),
          new Magic("LZ4", "\u0004\"M\u0018"),
          new Magic("lzip", "LZIP"),
          new Magic("LZMA", "]\0\0"),
          new Magic("compress (.Z)", "\u001f\u009d"),
          new Magic("zlib", "x\u0001"),
          new Magic("zlib", "x^"),
          new Magic("zlib", "x\u009c"),
          new Magic("zlib", "x\u00da"),
          // gzip's magic number 1f 8b after a relay replaced the octet above 127.
          new Magic(REPLACED, "\u001f?\u0008"),
          new Magic(REPLACED, "\u001f\u00ef\u00bf\u00bd"),
          new Magic(REPLACED, "\u001f\u00c2\u008b\u0008"));

  private static final List<Magic> OTHERS =
      List.of(
          new Magic("an empty zip archive", "PK\u0005\u0006"),
          new Magic("PDF", "%PDF"),
          new Magic("XML or HTML", "<"),
          new Magic("uuencode", "begin "));

  private static final String TAR = "ustar";
  private static final int TAR_MAGIC = 257;

  private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/]{8,}={0,2}");
  private static final Pattern JSON_OBJECT = Pattern.compile("\\s*\\{\\s*\"");
  private static final Pattern BLANKS = Pattern.compile("[ \t\r\n]+");

  /** A JSON object with an escaped octet or a soft line break of quoted-printable. */
  private static final Pattern QUOTED_PRINTABLE =
      Pattern.compile("\\s*+(\\{|=7b)[^=]*+=([0-9a-f]{2}|[ \t]*+\r?\n).*", Pattern.DOTALL);

  private FormatGuess() {}

  /** Describes the form; empty if the bytes begin like none that is known here. */
  static Optional<String> of(byte[] beginning) {
    String text = new String(beginning, ISO_8859_1);
    return magic(COMPRESSED, text)
        .or(() -> encoded(text))
        .or(() -> magic(OTHERS, text))
        .or(() -> text.startsWith(TAR, TAR_MAGIC) ? Optional.of("tar") : Optional.empty())
        .or(() -> isDeflated(beginning) ? Optional.of("deflate") : Optional.empty());
  }

  private static Optional<String> magic(List<Magic> forms, String text) {
    return forms.stream()
        .filter(magic -> text.startsWith(magic.beginning()))
        .map(Magic::form)
        .findFirst();
  }

  /** Text that a transfer encoding made: of a report, or of a form of it. */
  private static Optional<String> encoded(String text) {
    if (isBase64OfSomething(text)) {
      return Optional.of("base64, encoded twice or without its Content-Transfer-Encoding");
    }
    String lower = text.toLowerCase(Locale.ROOT);
    return lower.startsWith("=1f=8b") || QUOTED_PRINTABLE.matcher(lower).matches()
        ? Optional.of("quoted-printable, encoded twice or without its Content-Transfer-Encoding")
        : Optional.empty();
  }

  private static boolean isBase64OfSomething(String text) {
    String characters = BLANKS.matcher(text).replaceAll("");
    if (!BASE64.matcher(characters).matches()) {
      return false;
    }
    byte[] decoded = decoded(characters.substring(0, characters.length() / 4 * 4));
    String inside = new String(decoded, ISO_8859_1);
    return ReportParser.mayBeReport(decoded, true)
        || magic(COMPRESSED, inside).isPresent()
        || isBase64OfSomething(inside);
  }

  private static byte[] decoded(String base64) {
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      return new byte[0];
    }
  }

  /**
   * Raw deflate data, without the frame of gzip or zlib, has no magic number: inflating it is the
   * only test.
   */
  private static boolean isDeflated(byte[] beginning) {
    Inflater inflater = new Inflater(true);
    try {
      inflater.setInput(beginning);
      byte[] inflated = new byte[16];
      int length = inflater.inflate(inflated);
      return JSON_OBJECT.matcher(new String(inflated, 0, length, ISO_8859_1)).lookingAt();
    } catch (DataFormatException e) {
      return false;
    } finally {
      inflater.end();
    }
  }
}
