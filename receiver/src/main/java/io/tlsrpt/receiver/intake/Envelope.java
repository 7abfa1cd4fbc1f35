// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.receiver.intake;

import static java.util.Objects.requireNonNull;

import io.tlsrpt.dkim.Authenticity.Authenticated;
import io.tlsrpt.dns.WaitingThread;
import io.tlsrpt.message.RawMail;
import java.util.Optional;

/**
 * A mail as it was received, with its arrival and who answers for it, if that is known. It can be
 * judged without the server.
 *
 * @param thread the kind of thread that judges the mail and waits for the DNS
 * @param verdict who answers for it, if that is known; its signatures are not verified again
 */
public record Envelope(
    Arrival arrival, RawMail mail, WaitingThread thread, Optional<Authenticated> verdict) {
  public Envelope {
    requireNonNull(arrival, "arrival");
    requireNonNull(mail, "mail");
    requireNonNull(thread, "thread");
    requireNonNull(verdict, "verdict");
  }

  /** A mail that the server hands over. */
  public static Envelope fromServer(Arrival arrival, RawMail mail) {
    return new Envelope(arrival, mail, WaitingThread.SPOOLER, Optional.empty());
  }

  /**
   * A mail that has waited.
   *
   * @param bytes not copied
   */
  public static Envelope fromWait(Arrival arrival, byte[] bytes, Optional<Authenticated> verdict) {
    return new Envelope(arrival, RawMail.of(bytes, bytes.length), WaitingThread.RETRY, verdict);
  }
}
