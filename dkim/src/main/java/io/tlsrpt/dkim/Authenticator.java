// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.dkim;

import io.tlsrpt.dns.WaitingThread;
import io.tlsrpt.message.RawMail;
import java.time.Instant;

/** Judges whether a mail is authentic. May be used by many threads at once. */
@FunctionalInterface
public interface Authenticator extends AutoCloseable {

  /**
   * Judges a mail; never throws for what is in it.
   *
   * @param receivedAt when it reached us: signatures expire by this, however late they are judged
   * @param thread the kind of thread that judges the mail and waits for the DNS
   */
  Authenticity judge(RawMail mail, Instant receivedAt, WaitingThread thread);

  @Override
  default void close() {}
}
