// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store;

import static java.util.Objects.requireNonNull;

import java.util.Map;

/**
 * This server among those that may share a database.
 *
 * @param name tells it from the others, also after a restart
 * @param settings those that all of them should have alike, by name: each changes the same states
 */
public record Node(String name, Map<String, String> settings) {
  /** A server that shares its database with no other. */
  public static final Node ALONE = new Node("alone", Map.of());

  public Node {
    requireNonNull(name, "name");
    settings = Map.copyOf(settings);
  }
}
