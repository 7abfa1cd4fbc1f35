// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.mailet;

/** The server cannot say now which domains it serves. */
final class DomainsUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1;

  DomainsUnavailableException(Exception cause) {
    super(cause);
  }
}
