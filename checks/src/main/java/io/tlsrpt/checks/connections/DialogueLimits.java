// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.checks.connections;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * How long a host may take.
 *
 * @param connecting until the TCP connection is there
 * @param dialogue from then on, for everything up to the last octet, the handshake included
 */
public record DialogueLimits(Duration connecting, Duration dialogue) {
  /** Some MX hosts let strangers wait 15 seconds for a greeting, on purpose. */
  public static final DialogueLimits USUAL =
      new DialogueLimits(Duration.ofSeconds(10), Duration.ofSeconds(30));

  public DialogueLimits {
    requireNonNull(connecting, "connecting");
    requireNonNull(dialogue, "dialogue");
  }
}
