// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.receiver.deferral;

/** Judges mails that have waited. Called by several threads at once, never twice for one mail. */
public interface Retry {

  /**
   * Judges a mail again; counts nothing yet.
   *
   * @param ticket as it was counted
   * @param bytes the mail; never changed
   * @param tries how often it has been judged again before, by this process
   * @param failures how often in a row before this an exception or an error has come of it
   */
  Result judge(Ticket ticket, byte[] bytes, int tries, int failures);

  /** A mail that an earlier process left is this one's from now on. */
  void takenOver(Ticket ticket);

  /** Somebody has taken the mail's file away: it will never be judged. */
  void lost(Ticket ticket);

  /** The mail gives its place to another one, and will never be judged. */
  void gaveWay(Ticket ticket);

  /** What a retry came to. */
  sealed interface Result {
    /**
     * Judged; the file may go.
     *
     * @param count counts what came of it
     */
    record Settled(Runnable count) implements Result {}

    /**
     * The mail must wait again.
     *
     * @param next with what is known by now
     * @param count counts it under its new ticket, once that has been written
     */
    record Again(Ticket next, Runnable count) implements Result {}
  }
}
