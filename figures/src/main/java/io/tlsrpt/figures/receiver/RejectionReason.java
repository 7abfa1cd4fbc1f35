// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.figures.receiver;

import java.util.Locale;

/** Why a report was refused: a closed list, the items of {@code RejectionsByReason}. */
public enum RejectionReason {
  /** No report in the mail, or only one inside a forwarded mail. */
  NOT_A_REPORT,
  /** The mail is larger than {@code maxMessageSize}. */
  MESSAGE_TOO_LARGE,
  /** The JSON is larger than {@code maxReportSize}. */
  REPORT_TOO_LARGE,
  /** The gzip stream is broken. */
  DECOMPRESSION,
  /** Not the JSON of a report. */
  MALFORMED,
  /** Too deep, too long or too many of something. */
  LIMIT,
  /** A report without policies. */
  NO_POLICIES,
  /** A count beyond belief. */
  INVALID_COUNT,
  /** No readable policy domain. */
  INVALID_DOMAIN,
  /** No policy domain that is ours. */
  UNKNOWN_DOMAIN,
  /** The policy domain would exceed {@code maxDomains}. */
  DOMAIN_LIMIT,
  /** The mail is not signed (RFC 8460 §3). */
  DKIM_MISSING,
  /** No signature of the mail is good. */
  DKIM_FAILED,
  /** No domain that signed the mail is aligned with its From domain. */
  DKIM_MISALIGNED,
  /** The signature leaves the end of the body open (RFC 8460 §3). */
  DKIM_LENGTH_TAG,
  /** The key that signed is for other services (RFC 8460 §3). */
  DKIM_SERVICE,
  /** Authentic, but not wanted: {@code reporters}, {@code ignoredReporters}. */
  REPORTER_IGNORED,
  /** The reporter would exceed the number that a domain or an organisation may have. */
  REPORTER_LIMIT,
  /** The report would exceed the number that a reporter may send about a domain and day. */
  REPORT_LIMIT,
  /** Its range ended so long ago that it could not be told from one that was counted before. */
  TOO_OLD,
  /** It had to wait, and there was no place for it. */
  DEFERRAL_LIMIT,
  /** It waited for the DNS for a day. */
  DEFERRED_TOO_LONG,
  /** Our own fault; the log has the stack. */
  INTERNAL;

  /** As in mail attributes, logs and figures: lower case with hyphens. */
  public String key() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
