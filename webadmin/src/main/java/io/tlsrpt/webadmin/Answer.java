// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.webadmin;

import static java.util.Objects.requireNonNull;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * The answer to a request.
 *
 * @param status of HTTP
 * @param type the header {@code Content-Type}
 * @param headers beside those that all answers have
 */
record Answer(int status, String type, Map<String, String> headers, Body content) {
  static final int OK = 200;
  static final int BAD_REQUEST = 400;
  static final int NOT_FOUND = 404;
  static final int FAILED = 500;
  static final int UNAVAILABLE = 503;

  static final String HTML = "text/html; charset=utf-8";
  static final String JSON = "application/json; charset=utf-8";
  static final String CSV = "text/csv; charset=utf-8";

  Answer {
    requireNonNull(type, "type");
    headers = Map.copyOf(headers);
    requireNonNull(content, "content");
  }

  Answer(int status, String type, Map<String, String> headers, String text) {
    this(status, type, headers, new Body.Text(text));
  }

  /** All that it says, as one text. */
  String body() {
    return switch (content) {
      case Body.Text(String text) -> text;
      case Body.Stream stream -> {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
          stream.writeTo(out);
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
        yield out.toString(StandardCharsets.UTF_8);
      }
    };
  }
}
