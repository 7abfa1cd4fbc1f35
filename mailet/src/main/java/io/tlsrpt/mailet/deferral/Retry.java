// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.mailet.deferral;

/** Judges a mail that has waited. */
public interface Retry {

  /**
   * Judges it, and counts what comes of it.
   *
   * @param bytes the mail; never changed
   */
  Result judge(Ticket ticket, byte[] bytes);

  /** Somebody has taken the mail's file away: it will never be judged. */
  void lost(Ticket ticket);

  /** What a retry came to. */
  sealed interface Result {
    /** Judged; the file may go. */
    record Settled() implements Result {}

    /**
     * The mail must wait again.
     *
     * @param next with what is known by now
     */
    record Again(Ticket next) implements Result {}
  }
}
