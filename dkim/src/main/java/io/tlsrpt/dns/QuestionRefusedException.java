// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.dns;

/** A question was not started: too many are open, or the server is stopping. */
final class QuestionRefusedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  QuestionRefusedException(String message) {
    super(message);
  }
}
