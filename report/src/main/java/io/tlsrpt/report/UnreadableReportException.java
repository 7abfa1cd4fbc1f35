// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.report;

import java.io.IOException;

/** Ends the reading of a report from within; never leaves the parser. */
public class UnreadableReportException extends IOException {
  private static final long serialVersionUID = 1;

  private final ParseResult.Reason reason;

  public UnreadableReportException(ParseResult.Reason reason, String where) {
    super(where);
    this.reason = reason;
  }

  public ParseResult.Reason reason() {
    return reason;
  }

  public ParseResult.Malformed toResult() {
    return new ParseResult.Malformed(reason, String.valueOf(getMessage()));
  }
}
