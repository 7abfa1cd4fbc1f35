// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.webadmin;

import static java.util.Objects.requireNonNull;

import java.util.Map;

/**
 * The answer to a request.
 *
 * @param status of HTTP
 * @param type the header {@code Content-Type}
 * @param headers beside those that all answers have
 * @param body the text, to be sent as UTF-8
 */
record Answer(int status, String type, Map<String, String> headers, String body) {
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
    requireNonNull(body, "body");
  }
}
