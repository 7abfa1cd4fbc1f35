// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.receiver;

import io.tlsrpt.store.Node;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;

/** This server among those that share a database. */
final class ThisNode {
  private ThisNode() {}

  /**
   * The host's name and the directory, which tells servers of one host apart. Both are the same
   * after a restart.
   */
  static Node of(Settings settings, Path directory) {
    return new Node(host() + ":" + directory.toAbsolutePath().normalize(), settings.alike());
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }
}
