// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.report;

import java.io.IOException;

/** Ends the reading of a report from within; never leaves {@link ReportParser}. */
class UnreadableReportException extends IOException {
  private static final long serialVersionUID = 1;

  private final ParseResult.Reason reason;

  UnreadableReportException(ParseResult.Reason reason, String where) {
    super(where);
    this.reason = reason;
  }

  ParseResult.Reason reason() {
    return reason;
  }

  ParseResult.Malformed toResult() {
    return new ParseResult.Malformed(reason, String.valueOf(getMessage()));
  }
}
