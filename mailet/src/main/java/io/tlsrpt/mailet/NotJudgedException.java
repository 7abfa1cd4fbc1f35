// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.mailet;

import jakarta.mail.MessagingException;

/**
 * A mail can be neither judged nor deferred, for a cause outside the mail: a store is out of reach,
 * the disk is full, or memory is short. The server has to keep the mail, without a verdict.
 */
final class NotJudgedException extends MessagingException {
  private static final long serialVersionUID = 1;

  NotJudgedException(String message, Throwable cause) {
    super(message, cause instanceof Exception e ? e : new IllegalStateException(cause));
  }
}
