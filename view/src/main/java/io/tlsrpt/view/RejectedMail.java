// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.view;

import static java.util.Objects.requireNonNull;

import io.tlsrpt.figures.receiver.RejectionReason;
import java.time.Instant;

/**
 * A report that was rejected.
 *
 * @param receivedAt receipt of its mail
 * @param mail the name that the server gives the mail
 * @param detail what was met, in words, without line breaks of a sender's making
 */
public record RejectedMail(Instant receivedAt, String mail, RejectionReason reason, String detail) {
  public RejectedMail {
    requireNonNull(receivedAt, "receivedAt");
    requireNonNull(mail, "mail");
    requireNonNull(reason, "reason");
    requireNonNull(detail, "detail");
  }
}
