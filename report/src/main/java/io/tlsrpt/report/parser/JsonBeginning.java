// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.report.parser;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * The first bytes of what may be JSON.
 *
 * @param text without a byte order mark and leading blanks
 */
record JsonBeginning(String text) {

  static JsonBeginning of(byte[] bytes) {
    String text = new String(bytes, UTF_8);
    return new JsonBeginning((text.startsWith("\ufeff") ? text.substring(1) : text).strip());
  }

  boolean isObject() {
    return text.startsWith("{");
  }

  /** Whether there are only blanks so far; anything may follow them. */
  boolean isBlank() {
    return text.isEmpty();
  }
}
