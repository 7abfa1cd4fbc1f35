// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.it;

import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * Hands mails to a server by SMTP, a connection each, as they stand: no library mends a header on
 * the way, since some of them are meant to be broken.
 */
public final class SmtpClient {
  private final int port;

  public SmtpClient(int port) {
    this.port = port;
  }

  /** Sends a text in UTF-8, whatever its line ends. */
  public void send(String sender, String recipient, String mail) {
    String lines = mail.replace("\r\n", "\n").replace("\n", "\r\n");
    send(sender, recipient, lines.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Sends octets.
   *
   * @param mail of lines that end with CRLF: James takes no others
   * @throws IllegalStateException if the server does not take it
   */
  public void send(String sender, String recipient, byte[] mail) {
    send(sender, recipient, mail, () -> {});
  }

  /**
   * Sends octets, and has something done before the server is told that this was all.
   *
   * @param beforeTheEnd such as to wait until others have come as far
   */
  void send(String sender, String recipient, byte[] mail, Runnable beforeTheEnd) {
    try (SmtpConnection connection = new SmtpConnection(port)) {
      connection.send(sender, recipient, mail, beforeTheEnd);
      connection.quit();
    } catch (UncheckedIOException e) {
      throw new IllegalStateException("the server did not take a mail: " + e.getMessage(), e);
    }
  }
}
