// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.receiver.mime;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Reads a Content-Type field (RFC 2045 §5.1). Some senders leave out the quotes of a boundary,
 * write two semicolons or none, or write a parameter without a value. All of these are read as they
 * are meant: a container whose boundary is not found would hide its report. Takes linear time.
 */
final class ContentTypeReader {
  /** RFC 2045 §5.1, tspecials: in a value they stand within quotes. */
  private static final String SPECIALS = "()<>@,;:\\\"/[]?=";

  private final Scanner text;
  private final Map<String, String> parameters = new HashMap<>();
  private boolean toTheLetter = true;

  ContentTypeReader(String value) {
    text = new Scanner(value);
  }

  MediaType read() {
    text.skipBlanks();
    String essence = essence();
    text.skipBlanks();
    while (!text.isAtEnd()) {
      readSeparator();
      if (!text.isAtEnd()) {
        readParameter();
      }
    }
    return new MediaType(
        MediaType.lower(essence),
        parameter("report-type").map(MediaType::lower).orElse(""),
        parameter("boundary").map(String::stripTrailing).filter(value -> !value.isEmpty()),
        toTheLetter && text.isWellFormed());
  }

  /** Reads type and subtype. Blanks and comments may stand around the slash. */
  private String essence() {
    String type = text.upTo("/;");
    text.skipBlanks();
    if (!text.take('/')) {
      return type;
    }
    text.skipBlanks();
    return type + "/" + text.upTo(";");
  }

  /**
   * Reads a semicolon, which many fields have after the last parameter, too. Two or none is a
   * fault.
   */
  private void readSeparator() {
    int semicolons = 0;
    while (text.take(';')) {
      semicolons++;
      text.skipBlanks();
    }
    toTheLetter &= semicolons == 1;
  }

  private void readParameter() {
    String name = MediaType.lower(text.upTo("=;"));
    text.skipBlanks();
    if (!text.take('=')) {
      toTheLetter = false;
      return;
    }
    text.skipBlanks();
    parameters.put(name, value());
    text.skipBlanks();
  }

  private String value() {
    if (!text.isAtEnd() && text.peek() == '"') {
      return text.quoted();
    }
    String value = text.upTo(";");
    toTheLetter &= !value.isEmpty() && value.chars().noneMatch(c -> SPECIALS.indexOf(c) >= 0);
    return value;
  }

  /** A parameter, also one with a charset or in several pieces (RFC 2231 §3, §4). */
  private Optional<String> parameter(String name) {
    String whole = parameters.get(name);
    if (whole != null) {
      return Optional.of(whole);
    }
    String extended = parameters.get(name + "*");
    if (extended != null) {
      return Optional.of(
          extended.substring(extended.indexOf('\'', extended.indexOf('\'') + 1) + 1));
    }
    StringBuilder pieces = new StringBuilder();
    for (int i = 0; parameters.containsKey(name + "*" + i); i++) {
      pieces.append(parameters.get(name + "*" + i));
    }
    return pieces.isEmpty() ? Optional.empty() : Optional.of(pieces.toString());
  }
}
