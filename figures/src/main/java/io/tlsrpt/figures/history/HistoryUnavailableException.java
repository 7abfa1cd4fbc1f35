// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.figures.history;

/** The stored reports cannot be read now, or not within a short time; the message says why. */
public final class HistoryUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public HistoryUnavailableException(String message) {
    super(message);
  }

  public HistoryUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
