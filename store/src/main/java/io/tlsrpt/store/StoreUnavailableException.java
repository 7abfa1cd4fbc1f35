// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store;

/**
 * The store cannot be used now. The report is not to blame and may be tried again later. The
 * message says why.
 */
public final class StoreUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public StoreUnavailableException(String message) {
    super(message);
  }

  public StoreUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
