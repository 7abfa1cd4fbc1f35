// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.dkim;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A list of tags, {@code name=value;} (RFC 6376 §3.2), of a signature or of a key. Names are
 * case-sensitive. The position of each value is recorded, since a signature does not cover its own
 * value.
 */
final class TagList {
  private final Map<String, Tag> tags;

  private TagList(Map<String, Tag> tags) {
    this.tags = tags;
  }

  /**
   * A tag.
   *
   * @param value without the blanks and folds around it
   * @param start where its value begins in the text, blanks included
   * @param end where its value ends, before the semicolon
   */
  record Tag(String value, int start, int end) {}

  /**
   * Reads a list in linear time. Tags that are empty are passed over, as {@code ;;}: many records
   * have them.
   *
   * @return empty if it is malformed, or has a tag twice
   */
  static Optional<TagList> parse(String text) {
    Map<String, Tag> tags = new LinkedHashMap<>();
    for (int start = 0; start <= text.length(); ) {
      int semicolon = text.indexOf(';', start);
      int end = semicolon < 0 ? text.length() : semicolon;
      int name = skipBlanks(text, start, end);
      if (name < end && !addTag(tags, text, name, end)) {
        return Optional.empty();
      }
      start = end + 1;
    }
    return Optional.of(new TagList(tags));
  }

  private static boolean addTag(Map<String, Tag> tags, String text, int start, int end) {
    int equals = text.indexOf('=', start);
    if (equals < 0 || equals >= end) {
      return false;
    }
    String name = strip(text, start, equals);
    Tag tag = new Tag(strip(text, equals + 1, end), equals + 1, end);
    return isName(name) && tags.putIfAbsent(name, tag) == null;
  }

  /** RFC 6376 §3.2: a letter, then letters, digits and {@code _}. */
  private static boolean isName(String name) {
    if (name.isEmpty() || !isLetter(name.charAt(0))) {
      return false;
    }
    for (int i = 1; i < name.length(); i++) {
      char c = name.charAt(i);
      if (!isLetter(c) && c != '_' && (c < '0' || c > '9')) {
        return false;
      }
    }
    return true;
  }

  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  private static String strip(String text, int start, int end) {
    int from = skipBlanks(text, start, end);
    int to = end;
    while (to > from && isBlank(text.charAt(to - 1))) {
      to--;
    }
    return text.substring(from, to);
  }

  private static int skipBlanks(String text, int start, int end) {
    int at = start;
    while (at < end && isBlank(text.charAt(at))) {
      at++;
    }
    return at;
  }

  /** A list within a value, such as {@code from:to}: in lower case, without blanks around each. */
  static List<String> split(String value) {
    List<String> parts = new ArrayList<>();
    for (int start = 0; start <= value.length(); ) {
      int colon = value.indexOf(':', start);
      int end = colon < 0 ? value.length() : colon;
      parts.add(strip(value, start, end).toLowerCase(Locale.ROOT));
      start = end + 1;
    }
    return parts;
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
  }

  /** The text without any blanks and folds: in base64 they may stand anywhere. */
  static String withoutBlanks(String text) {
    StringBuilder dense = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      if (!isBlank(text.charAt(i))) {
        dense.append(text.charAt(i));
      }
    }
    return dense.toString();
  }

  Optional<Tag> tag(String name) {
    return Optional.ofNullable(tags.get(name));
  }

  Optional<String> value(String name) {
    return tag(name).map(Tag::value);
  }

  /** Whether the first tag of the list has this name. */
  boolean beginsWith(String name) {
    return !tags.isEmpty() && tags.keySet().iterator().next().equals(name);
  }
}
