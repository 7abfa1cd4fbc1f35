// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.webadmin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** An HTTP client that sends just what a test writes, and hides nothing of the answer. */
record RawHttp(int port) {

  /** Sends a request line and header lines. */
  Received send(String request, String... headers) {
    String text = request + " HTTP/1.0\r\n" + String.join("\r\n", headers);
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket
          .getOutputStream()
          .write((text.strip() + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
      return Received.of(socket.getInputStream().readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * An answer.
   *
   * @param headers lines
   * @param octets the body, each octet as a character
   */
  record Received(int status, List<String> headers, String octets) {
    Received {
      headers = List.copyOf(headers);
    }

    private static Received of(byte[] answer) {
      String[] headAndBody = new String(answer, StandardCharsets.ISO_8859_1).split("\r\n\r\n", 2);
      List<String> lines = Arrays.asList(headAndBody[0].split("\r\n", -1));
      return new Received(
          Integer.parseInt(lines.getFirst().split(" ", -1)[1]),
          lines.subList(1, lines.size()),
          headAndBody[1]);
    }

    /** The values of a header, one for each time that it is there. */
    List<String> header(String name) {
      String start = name.toLowerCase(Locale.ROOT) + ":";
      return headers.stream()
          .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(start))
          .map(line -> line.substring(start.length()).strip())
          .toList();
    }

    String type() {
      return String.join(" and ", header("Content-Type")).replace(" ", "");
    }

    String text() {
      return new String(octets.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }
  }
}
