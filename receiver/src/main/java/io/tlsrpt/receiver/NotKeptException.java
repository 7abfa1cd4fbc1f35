// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.receiver;

/**
 * A mail must wait and cannot be kept, and the cause is not in the mail: the disk is full, perhaps.
 * Whoever brought it has to keep it, without a verdict.
 */
public final class NotKeptException extends Exception {
  private static final long serialVersionUID = 1;

  NotKeptException(String message, Throwable cause) {
    super(message, cause);
  }
}
