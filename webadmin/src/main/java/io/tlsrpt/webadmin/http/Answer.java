// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.webadmin.http;

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
public record Answer(int status, String type, Map<String, String> headers, Body content) {
  public static final int OK = 200;
  public static final int BAD_REQUEST = 400;
  public static final int NOT_FOUND = 404;
  public static final int FAILED = 500;
  public static final int UNAVAILABLE = 503;

  public static final String HTML = "text/html; charset=utf-8";
  public static final String JSON = "application/json; charset=utf-8";
  public static final String CSV = "text/csv; charset=utf-8";

  public Answer {
    requireNonNull(type, "type");
    headers = Map.copyOf(headers);
    requireNonNull(content, "content");
  }

  public Answer(int status, String type, Map<String, String> headers, String text) {
    this(status, type, headers, new Body.Text(text));
  }

  /** All that it says, as one text. */
  public String body() {
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
