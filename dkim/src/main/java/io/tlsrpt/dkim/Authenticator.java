// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.dkim;

import io.tlsrpt.dns.Caller;
import io.tlsrpt.message.RawMail;
import java.time.Instant;

/** Judges whether a mail is authentic. May be used by many threads at once. */
@FunctionalInterface
public interface Authenticator extends AutoCloseable {

  /**
   * Judges a mail; never throws for what is in it.
   *
   * @param receivedAt when it reached us: signatures expire by this, however late they are judged
   * @param caller who waits
   */
  Authenticity judge(RawMail mail, Instant receivedAt, Caller caller);

  @Override
  default void close() {}
}
