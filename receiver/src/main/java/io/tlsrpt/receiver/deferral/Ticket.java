// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.receiver.deferral;

import static java.util.Objects.requireNonNull;

import io.tlsrpt.dkim.Authenticity.Authenticated;
import io.tlsrpt.figures.receiver.DeferralReason;
import java.time.Instant;
import java.util.Optional;

/**
 * All that must be known of a mail that waits, beside its bytes, to judge it without the server.
 *
 * @param mailName the server's name for it
 * @param verdict who answers for it, if that was found out before: it is not judged again
 * @param organisation that of the domain which signed it: no organisation can fill the queue
 * @param claim how well it stands when places run out
 * @param key the name in the DNS of the key that its signature needs, if it waits for that
 */
public record Ticket(
    String mailName,
    Instant receivedAt,
    DeferralReason reason,
    Optional<Authenticated> verdict,
    String organisation,
    Claim claim,
    Optional<String> key) {
  public Ticket {
    requireNonNull(mailName, "mailName");
    requireNonNull(receivedAt, "receivedAt");
    requireNonNull(reason, "reason");
    requireNonNull(verdict, "verdict");
    requireNonNull(organisation, "organisation");
    requireNonNull(claim, "claim");
    requireNonNull(key, "key");
  }

  /** The same, received no later than a time: a clock that was ahead must not make a mail young. */
  public Ticket notAfter(Instant latest) {
    return receivedAt.isAfter(latest)
        ? new Ticket(mailName, latest, reason, verdict, organisation, claim, key)
        : this;
  }
}
