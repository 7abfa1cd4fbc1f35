// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.receiver;

/**
 * A mail must wait and cannot be written to disk, for a cause outside the mail such as a full disk.
 * The caller has to keep the mail, without a verdict.
 */
public final class NotKeptException extends Exception {
  private static final long serialVersionUID = 1;

  NotKeptException(String message, Throwable cause) {
    super(message, cause);
  }
}
