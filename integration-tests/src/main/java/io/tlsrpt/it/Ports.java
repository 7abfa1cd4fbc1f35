// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** The ports of one James, all on loopback. */
public record Ports(int smtp, int imap, int jmx) {

  /** Three ports that were free a moment ago. */
  public static Ports free() {
    try (ServerSocket smtp = listen(0);
        ServerSocket imap = listen(0);
        ServerSocket jmx = listen(0)) {
      return new Ports(smtp.getLocalPort(), imap.getLocalPort(), jmx.getLocalPort());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One more port that was free a moment ago. */
  public static int anyFree() {
    try (ServerSocket socket = listen(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static boolean isFree(int port) {
    try (ServerSocket socket = listen(port)) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }

  private static ServerSocket listen(int port) throws IOException {
    return new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
  }
}
