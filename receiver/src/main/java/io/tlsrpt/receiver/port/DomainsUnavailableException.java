// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.receiver.port;

/** The server cannot say now which domains it serves. */
public final class DomainsUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /**
   * The server's list cannot be read.
   *
   * @param cause what the server said
   */
  public DomainsUnavailableException(Exception cause) {
    super(cause);
  }
}
