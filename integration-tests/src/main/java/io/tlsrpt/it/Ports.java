// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The ports of one James, all on loopback. */
public record Ports(int smtp, int imap, int jmx) {
  static final int HIGHEST = 65_535;

  /** Those below are for root. */
  private static final int LOWEST = 1_024;

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

  /**
   * The ports of several James: of each kind the first one's, and after it those that were free a
   * moment ago.
   */
  static List<Ports> of(int servers, Ports first) {
    Set<Integer> taken = new HashSet<>(List.of(first.smtp, first.imap, first.jmx));
    List<Ports> all = new ArrayList<>(List.of(first));
    while (all.size() < servers) {
      Ports last = all.getLast();
      all.add(
          new Ports(
              nextFree(last.smtp, taken), nextFree(last.imap, taken), nextFree(last.jmx, taken)));
    }
    return all;
  }

  private static int nextFree(int after, Set<Integer> taken) {
    for (int port = after + 1; port <= HIGHEST; port++) {
      if (isFree(port) && taken.add(port)) {
        return port;
      }
    }
    return nextFree(LOWEST, taken);
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
