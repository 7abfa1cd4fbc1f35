// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.testing.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * An MX host on loopback with STARTTLS (RFC 3207); takes no mail. Certificate and behaviour can be
 * changed while it runs. Thread-safe.
 */
public final class SmtpServer implements AutoCloseable {
  private static final Duration PAUSE = Duration.ofMillis(200);

  private final TlsSettings tls;
  private final LoopbackServer server;
  private final Queue<String> commands = new ConcurrentLinkedQueue<>();
  private volatile SmtpMood mood = SmtpMood.GOOD;

  private SmtpServer(ServerCertificate certificate) {
    this.tls = new TlsSettings(certificate);
    this.server = LoopbackServer.start(this::serve);
  }

  /** Starts one on a free port. */
  public static SmtpServer start(ServerCertificate certificate) {
    return new SmtpServer(certificate);
  }

  public InetAddress address() {
    return server.address();
  }

  public int port() {
    return server.port();
  }

  public void setMood(SmtpMood mood) {
    this.mood = mood;
  }

  /** Shows another certificate from the next handshake on. */
  public void renew(ServerCertificate certificate) {
    tls.change(certificate);
  }

  /** Such as {@code TLSv1.2}. */
  public void setProtocols(String... only) {
    tls.setProtocols(only);
  }

  /** From now on refuses whoever has no certificate; with TLS 1.3 after the handshake. */
  public void demandClientCertificate() {
    tls.demandClientCertificate();
  }

  /** All commands of all connections, as they came. */
  public List<String> commands() {
    return List.copyOf(commands);
  }

  /** The host names that clients asked for by SNI, one for each handshake. */
  public List<String> namesAskedFor() {
    return tls.names();
  }

  public int connections() {
    return server.connections();
  }

  public int openConnections() {
    return server.openConnections();
  }

  private void serve(Socket connection) throws IOException, InterruptedException {
    Lines lines = new Lines(connection);
    greet(lines);
    answerEhlo(lines, lines.hear());
    for (String command = lines.hear(); !command.equals("STARTTLS"); command = lines.hear()) {
      lines.say(command.equals("QUIT") ? "221 bye" : "502 not here");
    }
    startTls(lines);
    Lines encrypted = new Lines(tls.shakeHands(connection));
    encrypted.hear();
    answerEhloUnderTls(encrypted);
    while (!encrypted.hear().equals("QUIT")) {
      encrypted.say("502 not here");
    }
    encrypted.say("221 bye");
  }

  private void greet(Lines lines) throws IOException, InterruptedException {
    switch (mood) {
      case GREETING_421 -> lines.sayAndEnd("421 4.3.2 too busy");
      case GREETING_554 -> lines.sayAndEnd("554 5.7.1 not you");
      case NO_SMTP -> lines.sayAndEnd("SSH-2.0-example");
      case HANGING_UP -> throw new EOFException();
      case SILENT -> lines.waitForTheEnd();
      case TARPIT -> {
        lines.write("220-");
        Slowly.write(lines.out, 'x');
      }
      case AHEAD_OF_TURN -> lines.write("220 mx.example.com\r\n250-mx\r\n250 STARTTLS\r\n");
      case STRICT -> {
        lines.expectSilence(PAUSE);
        lines.say("220-mx.example.com");
        lines.say("220 waits");
      }
      default -> lines.say("220 mx.example.com ESMTP");
    }
  }

  private void answerEhlo(Lines lines, String command) throws IOException, InterruptedException {
    switch (mood) {
      case NO_EHLO -> lines.say("502 " + command + " is unknown");
      case EHLO_451 -> lines.say("451 later");
      case NO_STARTTLS -> lines.write("250-mx.example.com\r\n250-NOSTARTTLS\r\n250 SIZE 1000\r\n");
      case ENDLESS_LINE -> Slowly.flood(lines.out, "250-x".repeat(100).getBytes(US_ASCII));
      case ENDLESS_REPLY -> Slowly.flood(lines.out, "250-x\r\n".repeat(100).getBytes(US_ASCII));
      case STRICT -> {
        lines.expectSilence(PAUSE);
        lines.write("250-mx.example.com\r\n250-SIZE 1000\r\n250 STARTTLS\r\n");
      }
      default -> lines.write("250-mx.example.com\r\n250-StartTLS\r\n250 HELP\r\n");
    }
  }

  private void answerEhloUnderTls(Lines lines) throws IOException, InterruptedException {
    switch (mood) {
      case REFUSING_UNDER_TLS -> lines.sayAndEnd("550 5.7.1 not you");
      case TARPIT_UNDER_TLS -> {
        lines.write("250-");
        Slowly.write(lines.out, 'x');
      }
      default -> lines.write("250-mx.example.com\r\n250 HELP\r\n");
    }
  }

  private void startTls(Lines lines) throws IOException, InterruptedException {
    switch (mood) {
      case STARTTLS_454 -> lines.sayAndEnd("454 4.7.0 TLS not available");
      case STARTTLS_502 -> lines.sayAndEnd("502 5.5.1 not here");
      case GARBAGE_AFTER_220 -> {
        lines.say("220 go ahead");
        // Once its side of the handshake is there: what is sent now cannot be read with the 220.
        lines.in.read();
        lines.sayAndEnd("this is no TLS at all");
      }
      case INJECTING_AFTER_220 -> lines.write("220 go ahead\r\n250 injected\r\n");
      case SILENT_AFTER_220 -> {
        lines.say("220 go ahead");
        lines.waitForTheEnd();
      }
      case HANGING_UP_AFTER_220 -> {
        lines.say("220 go ahead");
        lines.hangUp();
      }
      case STRICT -> {
        lines.expectSilence(PAUSE);
        lines.say("220 go ahead");
      }
      default -> lines.say("220 go ahead");
    }
  }

  @Override
  public void close() {
    server.close();
  }

  /** Commands and replies over one connection, in clear or under TLS. */
  private final class Lines {
    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;

    Lines(Socket socket) throws IOException {
      this.socket = socket;
      this.in = socket.getInputStream();
      this.out = socket.getOutputStream();
    }

    String hear() throws IOException {
      String command = line();
      commands.add(command);
      return command;
    }

    /** Octet by octet: what follows STARTTLS belongs to TLS. */
    private String line() throws IOException {
      StringBuilder line = new StringBuilder();
      for (int octet = in.read(); octet != '\n'; octet = in.read()) {
        if (octet < 0) {
          throw new EOFException();
        }
        line.append((char) octet);
      }
      return line.toString().stripTrailing();
    }

    void say(String reply) throws IOException {
      write(reply + "\r\n");
    }

    void write(String text) throws IOException {
      out.write(text.getBytes(US_ASCII));
      out.flush();
    }

    void sayAndEnd(String reply) throws IOException {
      say(reply);
      waitForTheEnd();
    }

    /** Until the other side hangs up or says goodbye; then the connection ends. */
    void waitForTheEnd() throws IOException {
      String line = line();
      while (!line.equals("QUIT")) {
        line = line();
      }
      throw new EOFException();
    }

    /** As an end and not as a reset, which it would be if something that came were not read. */
    void hangUp() throws IOException {
      socket.shutdownOutput();
      waitForTheEnd();
    }

    void expectSilence(Duration time) throws IOException, InterruptedException {
      Thread.sleep(time);
      if (in.available() > 0) {
        sayAndEnd("554 5.5.1 out of turn");
      }
    }
  }
}
