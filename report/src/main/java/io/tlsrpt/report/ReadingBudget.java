// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.report;

import com.fasterxml.jackson.core.JsonParser;
import java.util.List;

/**
 * What the reports of one mail may still use of the {@link ReportLimits}. The body parts of a mail
 * share one budget, because many small reports must not cost more than one large report may. When a
 * limit is used up, a report that asks for more ends with {@link ParseResult.Reason#LIMIT}. Not
 * thread-safe.
 */
public final class ReadingBudget {
  /** Bytes up to which the reports of a mail count as small; usual ones have a few KB. */
  private static final long LARGE = 64 << 10;

  /** Failure details that are kept of all entries, four times what is kept of one. */
  private static final int MAX_KEPT = 4 * DetailSelection.MAX;

  private static final int ROOM = 4 * DetailSelection.ROOM;

  private final ReportLimits limits;
  private final Runnable onLarge;
  private long bytes;
  private int policies;
  private int failureDetails;
  private int texts;
  private int kept = MAX_KEPT;
  private int room = ROOM;

  /**
   * A budget of which nothing is used.
   *
   * @param onLarge called, perhaps more than once, before the reports take more memory than those
   *     of a small mail
   */
  public ReadingBudget(ReportLimits limits, Runnable onLarge) {
    this.limits = limits;
    this.onLarge = onLarge;
    this.bytes = limits.maxReportSize();
    this.policies = limits.maxPolicies();
    this.failureDetails = limits.maxFailureDetails();
    this.texts = limits.maxTexts();
  }

  /** To how many bytes the next body part may inflate. */
  public SizeLimit size() {
    long whole = limits.maxReportSize();
    long warnAbove = Math.max(0, LARGE - (whole - bytes));
    return bytes == whole
        ? new SizeLimit(
            bytes,
            ParseResult.Reason.REPORT_TOO_LARGE,
            "more than maxReportSize = " + whole + " bytes",
            warnAbove,
            onLarge)
        : new SizeLimit(
            bytes,
            ParseResult.Reason.LIMIT,
            "all reports of the mail together have more than maxReportSize = " + whole + " bytes",
            warnAbove,
            onLarge);
  }

  /** Uses up bytes that were inflated, whether or not a report was found in them. */
  public void spend(long inflated) {
    bytes = Math.max(0, bytes - inflated);
  }

  /** Uses up all bytes, because a body part had more than were left. */
  public void spendAll() {
    bytes = 0;
  }

  public void takePolicy(JsonParser json) throws UnreadableReportException {
    if (policies-- <= 0) {
      throw exhausted("maxPolicies", limits.maxPolicies(), json);
    }
  }

  public void takeFailureDetail(JsonParser json) throws UnreadableReportException {
    if (failureDetails-- <= 0) {
      throw exhausted("maxFailureDetails", limits.maxFailureDetails(), json);
    }
  }

  /** Takes elements of {@code policy-string} and {@code mx-host}, which no other limit bounds. */
  public void takeTexts(int more, JsonParser json) throws UnreadableReportException {
    if (more > texts) {
      texts = 0;
      throw exhausted("maxTexts", limits.maxTexts(), json);
    }
    texts -= more;
  }

  /** Chooses the failure details of an entry to keep; fewer of them where room is short. */
  List<FailureDetails> keep(DetailSelection details) {
    List<FailureDetails> few =
        details.within(Math.min(kept, DetailSelection.MAX), Math.min(room, DetailSelection.ROOM));
    kept -= few.size();
    room -= details.octets();
    return few;
  }

  private static UnreadableReportException exhausted(String limit, long value, JsonParser json) {
    return new UnreadableReportException(
        ParseResult.Reason.LIMIT, "more than " + limit + " = " + value + Position.of(json));
  }
}
