// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.receiver.deferral;

import static java.util.Objects.requireNonNull;

import io.tlsrpt.dkim.Authenticity.Authenticated;
import io.tlsrpt.figures.receiver.DeferralReason;
import io.tlsrpt.report.DomainName;
import java.time.Instant;
import java.util.Optional;

/**
 * What must be known of a deferred mail, apart from its bytes, to judge it without the server.
 *
 * @param mailName the server's name for it
 * @param verdict who answers for it, if that is known; its signatures are not verified again
 * @param organisation the registrable domain of the signer, whose share of the queue is limited
 * @param claim decides which mails give way when places run out
 * @param key the DNS name of the key that it waits for, if it waits for one
 */
public record DeferredMail(
    String mailName,
    Instant receivedAt,
    DeferralReason reason,
    Optional<Authenticated> verdict,
    DomainName organisation,
    Claim claim,
    Optional<String> key) {
  public DeferredMail {
    requireNonNull(mailName, "mailName");
    requireNonNull(receivedAt, "receivedAt");
    requireNonNull(reason, "reason");
    requireNonNull(verdict, "verdict");
    requireNonNull(organisation, "organisation");
    requireNonNull(claim, "claim");
    requireNonNull(key, "key");
  }

  /**
   * The same mail, but received no later than a time. A wrong clock must not postpone giving up.
   */
  public DeferredMail notAfter(Instant latest) {
    return receivedAt.isAfter(latest)
        ? new DeferredMail(mailName, latest, reason, verdict, organisation, claim, key)
        : this;
  }
}
