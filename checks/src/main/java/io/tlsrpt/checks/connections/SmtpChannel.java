// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.checks.connections;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.tlsrpt.checks.words.Words;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;

/** Commands and replies in strict turns, in clear or under TLS. For one thread. */
final class SmtpChannel {
  /** For a goodbye, which changes nothing any more. */
  private static final int GOODBYE_MILLIS = 2_000;

  private final Socket socket;
  private final HostInput in;
  private final OutputStream out;

  SmtpChannel(Socket socket) throws IOException {
    this.socket = socket;
    this.in = new HostInput(socket.getInputStream());
    this.out = socket.getOutputStream();
  }

  SmtpReply hear() {
    return SmtpReply.read(in);
  }

  /** Says a command and waits for the reply to it. */
  SmtpReply ask(String command) {
    if (hasMore()) {
      return new SmtpReply.None("it spoke before its turn");
    }
    try {
      say(command);
    } catch (IOException e) {
      return new SmtpReply.None("the connection broke: " + Words.reason(e));
    }
    return hear();
  }

  /** Takes leave. To hang up before the reply would leave a complaint in the host's log. */
  void quit() {
    try {
      socket.setSoTimeout(GOODBYE_MILLIS);
      say("QUIT");
      hear();
    } catch (IOException e) {
      // It has gone already.
    }
  }

  boolean hasMore() {
    return in.hasMore();
  }

  private void say(String command) throws IOException {
    out.write((command + "\r\n").getBytes(US_ASCII));
    out.flush();
  }
}
