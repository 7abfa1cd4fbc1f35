// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.testing.tls;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.stream.Collectors;

/**
 * What a {@link PolicyHost} answers, octet for octet.
 *
 * @param text sent as UTF-8; the connection ends after it
 */
public record HttpResponse(String text) {
  private static final String END = "\r\n\r\n";
  private static final String PLAIN = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n";

  /** A body whose length is told. */
  public static HttpResponse okay(String body) {
    return new HttpResponse(PLAIN + "Content-Length: " + body.getBytes(UTF_8).length + END + body);
  }

  /** A body that ends with the connection. */
  public static HttpResponse untilTheEnd(String body) {
    return new HttpResponse(PLAIN + "Connection: close" + END + body);
  }

  /** A body in chunks of a character each. */
  public static HttpResponse chunked(String body) {
    String chunks =
        body.codePoints()
            .mapToObj(Character::toString)
            .map(HttpResponse::chunk)
            .collect(Collectors.joining());
    return new HttpResponse(
        PLAIN + "Transfer-Encoding: chunked" + END + chunks + "0\r\nTrailer: none" + END);
  }

  private static String chunk(String piece) {
    return Integer.toHexString(piece.getBytes(UTF_8).length) + ";x=y\r\n" + piece + "\r\n";
  }

  /** A body of another type. */
  public static HttpResponse html(String body) {
    return new HttpResponse(
        "HTTP/1.1 200 OK\r\ncontent-type:text/html; charset=utf-8\r\nContent-Length: "
            + body.getBytes(UTF_8).length
            + END
            + body);
  }

  /** A status without a body. */
  public static HttpResponse status(String codeAndReason) {
    return new HttpResponse("HTTP/1.1 " + codeAndReason + "\r\nContent-Length: 0" + END);
  }

  /** A status that sends the client elsewhere. */
  public static HttpResponse redirect(String place) {
    return new HttpResponse(
        "HTTP/1.1 301 Moved Permanently\r\nLocation: " + place + "\r\nContent-Length: 0" + END);
  }

  /** This one after an announcement of status 103. */
  public HttpResponse afterEarlyHints() {
    return new HttpResponse("HTTP/1.1 103 Early Hints\r\nLink: </x>" + END + text);
  }
}
