// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.notifications;

/** A mail has not been taken for delivery. */
public final class NotSentException extends Exception {
  private static final long serialVersionUID = 1;

  /**
   * The server has refused it.
   *
   * @param cause what it said
   */
  public NotSentException(Exception cause) {
    super(cause);
  }
}
