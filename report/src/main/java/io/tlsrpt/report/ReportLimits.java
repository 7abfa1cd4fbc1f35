// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.report;

/**
 * What a report may hold at most. Each limit is absolute and checked while the bytes stream by;
 * none is a ratio, since an honest report of 45,000 failures compresses 24 to 1.
 *
 * @param maxReportSize bytes of JSON after decompression
 * @param maxDepth nested objects and arrays; a conforming report has 6
 * @param maxStringLength characters of one string, members' names included
 * @param maxNumberLength characters of one number
 * @param maxPolicies elements of {@code policies}
 * @param maxFailureDetails elements of all {@code failure-details} together
 */
public record ReportLimits(
    long maxReportSize,
    int maxDepth,
    int maxStringLength,
    int maxNumberLength,
    int maxPolicies,
    int maxFailureDetails) {

  /** Ten times what is known of real reports, and more. */
  public static final ReportLimits DEFAULT =
      new ReportLimits(25L * 1024 * 1024, 32, 65_536, 100, 1_000, 250_000);

  public ReportLimits {
    if (maxReportSize < 1
        || maxDepth < 1
        || maxStringLength < 1
        || maxNumberLength < 1
        || maxPolicies < 1
        || maxFailureDetails < 1) {
      throw new IllegalArgumentException("a limit is less than 1");
    }
  }

  public ReportLimits withMaxReportSize(long bytes) {
    return new ReportLimits(
        bytes, maxDepth, maxStringLength, maxNumberLength, maxPolicies, maxFailureDetails);
  }
}
