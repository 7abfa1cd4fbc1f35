// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.report;

/**
 * What a mail and its report may hold at most. Each limit is absolute and checked while the bytes
 * stream by; none is a ratio, since an honest report of 45,000 failures compresses 24 to 1.
 *
 * @param maxMessageSize bytes of the mail as received
 * @param maxReportSize bytes after decompression, of all reports of a mail together
 * @param maxDepth nested objects and arrays; a conforming report has 6
 * @param maxStringLength characters of one text or of a member's name
 * @param maxNumberLength characters of one number
 * @param maxPolicies elements of {@code policies}; this and the next two limits are for all reports
 *     of a mail together
 * @param maxFailureDetails elements of all {@code failure-details} together
 * @param maxTexts elements of all {@code policy-string} and {@code mx-host} together
 * @param maxMimeDepth nested multiparts
 * @param maxMimeParts body parts of the mail, multiparts included
 * @param maxDeviations deviations of a body part that are counted; more are tolerated without being
 *     counted
 */
public record ReportLimits(
    long maxMessageSize,
    long maxReportSize,
    int maxDepth,
    int maxStringLength,
    int maxNumberLength,
    int maxPolicies,
    int maxFailureDetails,
    int maxTexts,
    int maxMimeDepth,
    int maxMimeParts,
    int maxDeviations) {
  /** The largest believable count: totals only grow, so one absurd number would stay for ever. */
  public static final long MAX_COUNT = 10_000_000_000L;

  /** Ten times what is known of real reports, and more. */
  public static final ReportLimits DEFAULT =
      new ReportLimits(
          15L << 20, 25L << 20, 32, 65_536, 100, 1_000, 250_000, 10_000, 10, 100, 1_000);

  public ReportLimits {
    if (maxMessageSize < 1
        || maxReportSize < 1
        || maxDepth < 1
        || maxStringLength < 1
        || maxNumberLength < 1
        || maxPolicies < 1
        || maxFailureDetails < 1
        || maxTexts < 1
        || maxMimeDepth < 1
        || maxMimeParts < 1
        || maxDeviations < 1) {
      throw new IllegalArgumentException("a limit is less than 1");
    }
  }

  /** These limits with other sizes, in bytes. */
  public ReportLimits withSizes(long messageSize, long reportSize) {
    return new ReportLimits(
        messageSize,
        reportSize,
        maxDepth,
        maxStringLength,
        maxNumberLength,
        maxPolicies,
        maxFailureDetails,
        maxTexts,
        maxMimeDepth,
        maxMimeParts,
        maxDeviations);
  }
}
