// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.receiver.mime;

/** Ends a walk at a limit, from within; never leaves {@link ReportParts}. */
final class TooMuchException extends Exception {
  private static final long serialVersionUID = 1;

  private final String why;

  TooMuchException(String why) {
    super(why);
    this.why = why;
  }

  String why() {
    return why;
  }
}
