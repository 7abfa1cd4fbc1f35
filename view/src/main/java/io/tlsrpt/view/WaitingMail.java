// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.view;

import static java.util.Objects.requireNonNull;

import io.tlsrpt.figures.receiver.DeferralReason;
import java.time.Instant;

/**
 * A mail that cannot be judged now.
 *
 * @param receivedAt receipt of the mail
 * @param mail the name that the server gives the mail
 * @param reason what it waits for
 * @param nextTry when it is judged again
 * @param tries how often it has been judged again since the start of the server
 */
public record WaitingMail(
    Instant receivedAt, String mail, DeferralReason reason, Instant nextTry, int tries) {
  public WaitingMail {
    requireNonNull(receivedAt, "receivedAt");
    requireNonNull(mail, "mail");
    requireNonNull(reason, "reason");
    requireNonNull(nextTry, "nextTry");
  }
}
