// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.figures.posture;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The MTA-STS policy as a domain publishes it (RFC 8461 §3).
 *
 * @param mode that it is in
 * @param id of the record in the DNS; empty if that is not known
 * @param maxAge how long senders may keep it
 * @param mx names and patterns of its lines {@code mx}, at most 100
 * @param since when a look first saw this mode; the mode may have been published before
 */
public record PublishedPolicy(
    PublishedMode mode, String id, Duration maxAge, List<String> mx, Optional<Instant> since) {
  /** No look has said anything yet. */
  public static final PublishedPolicy UNKNOWN = without(PublishedMode.UNKNOWN);

  /** The domain publishes no policy. */
  public static final PublishedPolicy ABSENT = without(PublishedMode.ABSENT);

  public PublishedPolicy {
    requireNonNull(mode, "mode");
    requireNonNull(id, "id");
    requireNonNull(maxAge, "maxAge");
    mx = List.copyOf(mx);
    requireNonNull(since, "since");
  }

  private static PublishedPolicy without(PublishedMode mode) {
    return new PublishedPolicy(mode, "", Duration.ZERO, List.of(), Optional.empty());
  }

  /**
   * Senders validate the certificates of MX hosts by it, whether they refuse mail for it or not.
   */
  public boolean isInForce() {
    return mode == PublishedMode.ENFORCE || mode == PublishedMode.TESTING;
  }
}
