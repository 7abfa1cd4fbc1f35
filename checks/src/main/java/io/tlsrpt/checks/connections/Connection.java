// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.checks.connections;

import io.tlsrpt.checks.words.Words;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;

/**
 * A TCP connection to the very address that was judged, past any proxy of this process, with a
 * deadline. For one thread.
 */
final class Connection implements AutoCloseable {
  private final Socket socket;
  private final Duration time;
  private final Deadline deadline;

  private Connection(Socket socket, Duration time, Deadline deadline) {
    this.socket = socket;
    this.time = time;
    this.deadline = deadline;
  }

  /**
   * Connects.
   *
   * @throws IOException if there is no connection within its time
   */
  static Connection open(InetAddress address, int port, Deadlines deadlines, DialogueLimits limits)
      throws IOException {
    Socket socket = new Socket(Proxy.NO_PROXY);
    // Not a timeout of the connecting itself: this one also ends when all deadlines are closed.
    try (Deadline connecting = deadlines.begin(limits.connecting(), socket)) {
      connect(socket, new InetSocketAddress(address, port), connecting, limits);
    }
    return new Connection(socket, limits.dialogue(), deadlines.begin(limits.dialogue(), socket));
  }

  private static void connect(
      Socket socket, InetSocketAddress address, Deadline deadline, DialogueLimits limits)
      throws IOException {
    try {
      socket.connect(address);
    } catch (IOException e) {
      socket.close();
      throw deadline.rang()
          ? new SocketTimeoutException("no answer within " + Words.seconds(limits.connecting()))
          : e;
    }
  }

  Socket socket() {
    return socket;
  }

  /** Whether what went wrong did so since the time was over. */
  boolean ranOutOfTime() {
    return deadline.rang();
  }

  /** The words for that. */
  String outOfTime() {
    return "no end within " + Words.seconds(time);
  }

  @Override
  public void close() {
    deadline.close();
    try {
      socket.close();
    } catch (IOException e) {
      // It is closed all the same.
    }
  }
}
