// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.report;

/** There are more bytes than a {@link SizeLimit} allows. */
public final class TooLargeException extends UnreadableReportException {
  private static final long serialVersionUID = 1;

  TooLargeException(ParseResult.Reason reason, String where) {
    super(reason, where);
  }
}
