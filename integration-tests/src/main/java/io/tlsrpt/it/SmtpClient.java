// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.it;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * Hands mails to a server by SMTP, as they stand: no library mends a header on the way, since some
 * of them are meant to be broken.
 */
public final class SmtpClient {
  private static final int TIMEOUT_MILLIS = 60_000;

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
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MILLIS);
      socket.setSoTimeout(TIMEOUT_MILLIS);
      Dialogue dialogue =
          new Dialogue(
              new BufferedInputStream(socket.getInputStream()),
              new BufferedOutputStream(socket.getOutputStream()));
      dialogue.expect("220");
      dialogue.command("EHLO localhost", "250");
      dialogue.command("MAIL FROM:<" + sender + ">", "250");
      dialogue.command("RCPT TO:<" + recipient + ">", "250");
      dialogue.command("DATA", "354");
      dialogue.data(mail);
      beforeTheEnd.run();
      dialogue.command(".", "250");
      dialogue.command("QUIT", "221");
    } catch (IOException e) {
      throw new IllegalStateException("the server did not take a mail: " + e.getMessage(), e);
    }
  }

  private record Dialogue(InputStream in, OutputStream out) {

    void command(String command, String answer) throws IOException {
      out.write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
      out.flush();
      expect(answer);
    }

    void expect(String code) throws IOException {
      String line = line();
      while (line.startsWith("-", 3)) {
        line = line();
      }
      if (!line.startsWith(code)) {
        throw new IOException(line);
      }
    }

    /** Doubles the dot that begins a line (RFC 5321 §4.5.2), and ends the last line. */
    void data(byte[] mail) throws IOException {
      byte before = '\n';
      for (byte octet : mail) {
        if (octet == '.' && before == '\n') {
          out.write('.');
        }
        out.write(octet);
        before = octet;
      }
      if (before != '\n') {
        out.write(new byte[] {'\r', '\n'});
      }
      out.flush();
    }

    private String line() throws IOException {
      StringBuilder line = new StringBuilder();
      for (int next = in.read(); next != '\n'; next = in.read()) {
        if (next < 0) {
          throw new IOException("the connection was closed");
        }
        line.append((char) next);
      }
      return line.toString().strip();
    }
  }
}
