// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.receiver.intake;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;

/**
 * When a mail came, and what the server calls it.
 *
 * @param mailName the server's name for it, under which its logs have it
 * @param receivedAt when it reached us, by our clock
 * @param tls over which version of TLS it reached the server; empty if that is not known
 */
public record Arrival(String mailName, Instant receivedAt, Optional<String> tls) {
  public Arrival {
    requireNonNull(mailName, "mailName");
    requireNonNull(receivedAt, "receivedAt");
    requireNonNull(tls, "tls");
  }

  /** Of a mail of which nobody knows how it came. */
  public Arrival(String mailName, Instant receivedAt) {
    this(mailName, receivedAt, Optional.empty());
  }
}
