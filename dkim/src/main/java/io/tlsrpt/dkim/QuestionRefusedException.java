// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.dkim;

/** Too many questions are open for one more. */
final class QuestionRefusedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  QuestionRefusedException(String message) {
    super(message);
  }
}
