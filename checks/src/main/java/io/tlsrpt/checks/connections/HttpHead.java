// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.checks.connections;

import io.tlsrpt.checks.words.Words;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Status line and fields of a response (RFC 9112 §4, §5).
 *
 * @param reason as written; may be empty
 */
record HttpHead(int status, String reason, List<Field> fields) {
  /** In octets, of all heads of a response together. */
  static final int LIMIT = 16 * 1_024;

  private static final String VERSION = "HTTP/1.";

  HttpHead {
    fields = List.copyOf(fields);
  }

  /**
   * A field.
   *
   * @param name in lower case
   */
  record Field(String name, String value) {}

  /**
   * Reads a response's head, past those that only announce it (status 1xx).
   *
   * @throws NotReadableException if there is none within the limit
   */
  static HttpHead read(HostInput in) throws IOException {
    int left = LIMIT;
    while (true) {
      List<String> lines = new ArrayList<>();
      for (String line = line(in, left); !line.isEmpty(); line = line(in, left)) {
        left -= line.length() + 2;
        lines.add(line);
      }
      left -= 2;
      HttpHead head = of(lines);
      if (head.status() / 100 != 1) {
        return head;
      }
    }
  }

  private static String line(HostInput in, int left) throws IOException {
    if (left <= 0) {
      throw new NotReadableException("its HTTP header has more than " + LIMIT + " octets");
    }
    return in.line(left + 1);
  }

  private static HttpHead of(List<String> lines) throws NotReadableException {
    String statusLine = lines.isEmpty() ? "" : lines.getFirst();
    int start = VERSION.length() + 2;
    boolean isStatus =
        statusLine.startsWith(VERSION)
            && statusLine.length() >= start + 3
            && statusLine.substring(start, start + 3).chars().allMatch(c -> c >= '0' && c <= '9')
            && (statusLine.length() == start + 3 || statusLine.charAt(start + 3) == ' ');
    if (!isStatus) {
      throw new NotReadableException("it sent what is no HTTP: " + Words.quoted(statusLine));
    }
    return new HttpHead(
        Integer.parseInt(statusLine.substring(start, start + 3)),
        statusLine.substring(start + 3).strip(),
        lines.stream().skip(1).flatMap(line -> field(line).stream()).toList());
  }

  /** A line without a name says nothing to us. */
  private static Optional<Field> field(String line) {
    int colon = line.indexOf(':');
    return colon < 1
        ? Optional.empty()
        : Optional.of(
            new Field(
                line.substring(0, colon).toLowerCase(Locale.ROOT),
                line.substring(colon + 1).strip()));
  }

  /** The values of all fields of that name, in lower case, in order. */
  List<String> all(String name) {
    return fields.stream().filter(field -> field.name().equals(name)).map(Field::value).toList();
  }

  Optional<String> first(String name) {
    return all(name).stream().findFirst();
  }
}
