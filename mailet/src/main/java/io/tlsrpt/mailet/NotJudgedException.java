// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.mailet;

import jakarta.mail.MessagingException;

/**
 * A mail can be neither judged nor kept by us, for no reason of its own: the server has to keep it,
 * without a verdict, since the next try may end otherwise.
 */
final class NotJudgedException extends MessagingException {
  private static final long serialVersionUID = 1;

  NotJudgedException(String message, Throwable cause) {
    super(message, cause instanceof Exception e ? e : new IllegalStateException(cause));
  }
}
