// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.receiver.deferral;

/** Judges mails that have waited. Called by several threads at once, never twice for one mail. */
public interface RetryHandler {

  /**
   * Judges a mail again; counts nothing yet.
   *
   * @param deferred the one under which the mail was counted
   * @param bytes the mail; never changed
   * @param tries how often this process has judged the mail again before
   * @param failures how many of the last tries in a row ended in an exception or an error
   */
  Result judge(DeferredMail deferred, byte[] bytes, int tries, int failures);

  /** The queue has taken over a mail that an earlier process left. */
  void takenOver(DeferredMail deferred);

  /** Somebody has taken the mail's file away: it will never be judged. */
  void lost(DeferredMail deferred);

  /** The mail gives its place to another one, and will never be judged. */
  void gaveWay(DeferredMail deferred);

  /** What a retry came to. */
  sealed interface Result {
    /**
     * Judged; the file may go.
     *
     * @param count counts the outcomes
     */
    record Settled(Runnable count) implements Result {}

    /**
     * The mail must wait again.
     *
     * @param next the description with what is known by now
     * @param count counts the mail under its new description; run once that has been written
     */
    record Again(DeferredMail next, Runnable count) implements Result {}
  }
}
