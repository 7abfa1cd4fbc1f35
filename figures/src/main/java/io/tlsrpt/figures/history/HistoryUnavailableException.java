// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.figures.history;

/** Kept reports cannot be read now, or not in a short time; the message says why. */
public final class HistoryUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public HistoryUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
