// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.receiver.intake;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * When a mail came, and what the server calls it.
 *
 * @param mailName the server's name for it, under which its logs have it
 * @param receivedAt when it reached us, by our clock
 */
public record Arrival(String mailName, Instant receivedAt) {
  public Arrival {
    requireNonNull(mailName, "mailName");
    requireNonNull(receivedAt, "receivedAt");
  }
}
