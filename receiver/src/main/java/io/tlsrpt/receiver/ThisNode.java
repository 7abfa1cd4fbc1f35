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
    return new Node(name(directory), settings.alike());
  }

  private static String name(Path directory) {
    return host() + ":" + directory.toAbsolutePath().normalize();
  }

  /**
   * The name of a directory of this server, beside those of the others. The hash tells servers of
   * one host apart.
   */
  static String fileName(Path directory) {
    return "%s-%08x"
        .formatted(host().replaceAll("[^A-Za-z0-9.-]", "_"), name(directory).hashCode());
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }
}
