// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.dkim.peers;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A mail, each octet of which is a character here and each character an octet.
 *
 * @param fields each without its last line end
 */
record Mail(List<String> fields, String body) {
  static Mail of(String text) {
    int end = text.indexOf("\r\n\r\n");
    return new Mail(
        Arrays.asList(text.substring(0, end).split("\r\n(?![ \t])", -1)), text.substring(end + 4));
  }

  static Mail of(byte[] octets) {
    return of(new String(octets, ISO_8859_1));
  }

  byte[] octets() {
    return text().getBytes(ISO_8859_1);
  }

  String text() {
    return String.join("\r\n", fields) + "\r\n\r\n" + body;
  }

  Mail withBody(String body) {
    return new Mail(fields, body);
  }

  /** With another field at the place. */
  Mail withField(int index, String field) {
    List<String> changed = new ArrayList<>(fields);
    changed.set(index, field);
    return new Mail(changed, body);
  }

  /** The place of the one signature. */
  int signature() {
    for (int i = 0; i < fields.size(); i++) {
      if (name(fields.get(i)).equals("dkim-signature")) {
        return i;
      }
    }
    throw new IllegalStateException("unsigned: " + this);
  }

  /** The field's name in lower case. */
  static String name(String field) {
    return field.substring(0, field.indexOf(':')).strip().toLowerCase(Locale.ROOT);
  }

  static String value(String field) {
    return field.substring(field.indexOf(':') + 1);
  }
}
