// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.it;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;

/** A mail server elsewhere: takes every mail by SMTP, also one without a sender, and keeps it. */
final class MailSink implements AutoCloseable {
  private final ServerSocket socket;
  private final List<String> mails = new CopyOnWriteArrayList<>();

  private MailSink(ServerSocket socket) {
    this.socket = socket;
  }

  static MailSink start() {
    try {
      MailSink sink = new MailSink(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
      Thread.ofPlatform().daemon().start(sink::accept);
      return sink;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int port() {
    return socket.getLocalPort();
  }

  /** Each mail: the command that named its sender, and then its lines, ended by {@code \n}. */
  List<String> mails() {
    return List.copyOf(mails);
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        Socket client = socket.accept();
        Thread.ofVirtual().start(() -> serve(client));
      } catch (IOException e) {
        // Closed.
      }
    }
  }

  private void serve(Socket client) {
    try (client;
        BufferedReader in =
            new BufferedReader(
                new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8))) {
      answer(client, "220 elsewhere.example");
      String sender = "";
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        String command = line.toUpperCase(Locale.ROOT);
        if (command.startsWith("MAIL ")) {
          sender = line;
        }
        if (command.equals("DATA")) {
          answer(client, "354 go on");
          mails.add(sender + "\n" + data(in));
        }
        answer(client, command.equals("QUIT") ? "221 bye" : "250 elsewhere.example");
      }
    } catch (IOException e) {
      // The client has gone.
    }
  }

  private static String data(BufferedReader in) throws IOException {
    StringBuilder data = new StringBuilder();
    for (String line = in.readLine(); line != null && !line.equals("."); line = in.readLine()) {
      data.append(line.startsWith(".") ? line.substring(1) : line).append('\n');
    }
    return data.toString();
  }

  private static void answer(Socket client, String line) throws IOException {
    client.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
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
