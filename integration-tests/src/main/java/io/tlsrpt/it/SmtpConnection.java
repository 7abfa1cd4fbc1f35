// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.benchmarks.load;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** Sends mail after mail with as little work as can be: the machine is to be James'. */
final class SmtpConnection implements AutoCloseable {
  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;

  SmtpConnection(int port) {
    try {
      socket = new Socket(InetAddress.getLoopbackAddress(), port);
      socket.setTcpNoDelay(true);
      in = new BufferedInputStream(socket.getInputStream());
      out = new BufferedOutputStream(socket.getOutputStream());
      expect("220");
      command("EHLO localhost", "250");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Hands over a mail.
   *
   * @param mail with lines that end with CRLF, none of them a single dot
   * @return when the last of it was about to be sent
   */
  Instant send(String recipient, byte[] mail) {
    try {
      command("MAIL FROM:<reports@reporter.example>", "250");
      command("RCPT TO:<" + recipient + ">", "250");
      command("DATA", "354");
      out.write(mail);
      Instant end = Instant.now();
      command("\r\n.", "250");
      return end;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void command(String command, String answer) throws IOException {
    out.write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
    out.flush();
    expect(answer);
  }

  private void expect(String code) throws IOException {
    String line;
    do {
      line = line();
    } while (line.length() > 3 && line.charAt(3) == '-');
    if (!line.startsWith(code)) {
      throw new IOException("expected " + code + ", got " + line);
    }
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    int next = in.read();
    while (next != '\n') {
      if (next < 0) {
        throw new IOException("the server has closed the connection");
      }
      line.append((char) next);
      next = in.read();
    }
    return line.toString().strip();
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
