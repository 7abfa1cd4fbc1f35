// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.webadmin.http;

/** A parameter has a bad value; the message names it, its value and what is allowed. */
public final class BadRequestException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  BadRequestException(String message) {
    super(message);
  }
}
