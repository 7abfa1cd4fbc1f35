// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.it;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * Hands over mail after mail by SMTP, as they stand, with as little work as can be: the machine is
 * to be the server's.
 */
public final class SmtpConnection implements AutoCloseable {
  private static final int TIMEOUT_MILLIS = 60_000;

  private final Socket socket = new Socket();
  private final InputStream in;
  private final OutputStream out;

  /** Connects to a port of loopback. */
  public SmtpConnection(int port) {
    try {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MILLIS);
      socket.setSoTimeout(TIMEOUT_MILLIS);
      socket.setTcpNoDelay(true);
      in = new BufferedInputStream(socket.getInputStream());
      out = new BufferedOutputStream(socket.getOutputStream());
      expect("220");
      command("EHLO localhost", "250");
    } catch (IOException e) {
      close();
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Hands over a mail.
   *
   * @param mail of lines that end with CRLF: James takes no others
   * @return when the last of it was about to be sent
   */
  public Instant send(String sender, String recipient, byte[] mail) {
    return send(sender, recipient, mail, () -> {});
  }

  /**
   * Hands over a mail, and has something done before the server is told that this was all.
   *
   * @param beforeTheEnd such as to wait until others have come as far
   */
  Instant send(String sender, String recipient, byte[] mail, Runnable beforeTheEnd) {
    try {
      command("MAIL FROM:<" + sender + ">", "250");
      command("RCPT TO:<" + recipient + ">", "250");
      command("DATA", "354");
      data(mail);
      beforeTheEnd.run();
      Instant end = Instant.now();
      command(".", "250");
      return end;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Takes leave; the connection is of no use afterwards. */
  void quit() {
    try {
      command("QUIT", "221");
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
    String line = line();
    while (line.startsWith("-", 3)) {
      line = line();
    }
    if (!line.startsWith(code)) {
      throw new IOException("expected " + code + ", got " + line);
    }
  }

  /** Doubles the dot that begins a line (RFC 5321 §4.5.2), and ends the last line. */
  private void data(byte[] mail) throws IOException {
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
        throw new IOException("the server has closed the connection");
      }
      line.append((char) next);
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
