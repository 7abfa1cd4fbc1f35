// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.report;

/**
 * How many bytes there may be, and what is said of more.
 *
 * @param where names the limit
 */
record SizeLimit(long bytes, ParseResult.Reason reason, String where) {
  void check(long passed) throws UnreadableReportException {
    if (passed > bytes) {
      throw new UnreadableReportException(reason, where);
    }
  }
}
