// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.receiver.intake;

import java.util.concurrent.Semaphore;

/**
 * Mails whose reports turn out to be large take turns, from there on until they are stored: the
 * server has 20 threads for mails, each of which may get the largest one allowed in the same
 * moment. How large they are cannot be told before they are read, since a few hundred bytes may
 * inflate to megabytes. Small ones never wait. Thread-safe.
 */
public final class LargeReadings {
  private static final int PART_OF_HEAP = 16;

  /**
   * What reports become in memory for each byte of JSON: texts of policies, of which one letter
   * beyond Latin-1 makes two bytes of each.
   */
  private static final int OBJECTS_OF_A_BYTE = 2;

  private final Semaphore turns;

  /**
   * Has mails with large reports take turns.
   *
   * @param atOnce how many such mails may be read at the same time
   */
  LargeReadings(int atOnce) {
    turns = new Semaphore(atOnce, true);
  }

  /**
   * As many at once as a sixteenth of the heap has room for, and one at least.
   *
   * @param heap in bytes
   * @param maxReportSize in bytes of JSON
   */
  public static LargeReadings ofHeap(long heap, long maxReportSize) {
    long atOnce = heap / PART_OF_HEAP / (OBJECTS_OF_A_BYTE * maxReportSize);
    return new LargeReadings(Math.toIntExact(Math.clamp(atOnce, 1, Short.MAX_VALUE)));
  }

  /** The reading of one mail begins; to be closed when its reports are stored. */
  Turn begin() {
    return new Turn();
  }

  /** The turn of one mail. For one thread. */
  final class Turn implements AutoCloseable {
    private boolean taken;

    private Turn() {}

    /** To be called before the mail takes much memory, once or more often. */
    void take() {
      if (!taken) {
        // Not to be interrupted: a mail that is half read has no outcome. No thread that has its
        // turn waits for another's, so each wait ends.
        turns.acquireUninterruptibly();
        taken = true;
      }
    }

    /** Gives the turn back, if it was taken. */
    @Override
    public void close() {
      if (taken) {
        turns.release();
      }
    }
  }
}
