// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.receiver.intake;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * The coming of a mail.
 *
 * @param mailName the server's name for it, under which its logs have it
 * @param receivedAt our clock when it reached us
 */
public record Arrival(String mailName, Instant receivedAt) {
  public Arrival {
    requireNonNull(mailName, "mailName");
    requireNonNull(receivedAt, "receivedAt");
  }
}
