// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.receiver.imports;

/** An argument is wrong; the message says which, and what is allowed. */
final class BadArgumentException extends Exception {
  private static final long serialVersionUID = 1;

  BadArgumentException(String message) {
    super(message);
  }
}
