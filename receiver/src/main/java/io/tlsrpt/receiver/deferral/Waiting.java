// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.receiver.deferral;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * A mail that waits.
 *
 * @param due when it is to be judged again
 * @param tries how often it has been judged again
 */
public record Waiting(DeferredMail deferred, Instant due, int tries) {
  public Waiting {
    requireNonNull(deferred, "deferred");
    requireNonNull(due, "due");
  }
}
