// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.report;

import static java.util.Objects.requireNonNull;

import java.util.Locale;

/** What reading came to: a report, whole, or why there is none. */
public sealed interface ParseResult {

  /**
   * The report was read to its end.
   *
   * @param size of its JSON, in bytes, with the blanks around it
   */
  record Parsed(TlsReport report, Deviations deviations, long size) implements ParseResult {
    public Parsed {
      requireNonNull(report, "report");
      requireNonNull(deviations, "deviations");
    }
  }

  /**
   * Nothing of the report may be used.
   *
   * @param where what was met and where, in words for a person; may quote the names of JSON
   *     members, never their values
   */
  record Malformed(Reason reason, String where) implements ParseResult {
    public Malformed {
      requireNonNull(reason, "reason");
      requireNonNull(where, "where");
    }
  }

  /** Why a report cannot be read. */
  enum Reason {
    /** The gzip stream or zip archive is broken or ends early. */
    DECOMPRESSION,
    /**
     * The report, or a layer of its compression, is longer than {@link
     * ReportLimits#maxReportSize()}.
     */
    REPORT_TOO_LARGE,
    /** Another of {@link ReportLimits} was passed. */
    LIMIT,
    /** Not JSON, or not the JSON of a report. */
    MALFORMED,
    /** {@code policies} is missing or empty. */
    NO_POLICIES,
    /** A count is more than {@link ReportLimits#MAX_COUNT}. */
    INVALID_COUNT,
    /** No entry has a policy domain that is a host name. */
    INVALID_DOMAIN;

    /** As in logs and figures: lower case with hyphens. */
    public String key() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }
}
