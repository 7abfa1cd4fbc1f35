// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.mailet;

import jakarta.mail.MessagingException;

/** A mail can be neither judged nor kept: the server has to keep it. */
final class DeferralFailedException extends MessagingException {
  private static final long serialVersionUID = 1;

  DeferralFailedException(String message, Throwable cause) {
    super(message, cause instanceof Exception e ? e : new IllegalStateException(cause));
  }
}
