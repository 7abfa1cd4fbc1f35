// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.receiver.intake;

import java.util.concurrent.Semaphore;

/**
 * Limits how many mails with large reports are read at once (bulkhead). The server has 20 threads
 * for mails, and each may get the largest mail allowed at the same moment. A mail shows its size
 * only while it is read, since a few hundred bytes may inflate to megabytes. A mail that proves to
 * be large waits for a turn, which it keeps until it has been stored. Small mails never wait.
 * Thread-safe.
 */
public final class LargeReadings {
  private static final int PART_OF_HEAP = 16;

  /**
   * Bytes in memory for each byte of JSON. Most of it is texts of policies, and one letter beyond
   * Latin-1 makes every letter of a text take two bytes.
   */
  private static final int OBJECTS_OF_A_BYTE = 2;

  private final Semaphore turns;

  /**
   * Lets some mails with large reports be read at once.
   *
   * @param atOnce how many such mails may be read at the same time
   */
  LargeReadings(int atOnce) {
    turns = new Semaphore(atOnce, true);
  }

  /**
   * Lets as many be read at once as fit in a sixteenth of the heap, and at least one.
   *
   * @param heap in bytes
   * @param maxReportSize in bytes of JSON
   */
  public static LargeReadings ofHeap(long heap, long maxReportSize) {
    long atOnce = heap / PART_OF_HEAP / (OBJECTS_OF_A_BYTE * maxReportSize);
    return new LargeReadings(Math.toIntExact(Math.clamp(atOnce, 1, Short.MAX_VALUE)));
  }

  /** Begins to read one mail. Close the turn when the reports of the mail are stored. */
  Turn begin() {
    return new Turn();
  }

  /** The turn of one mail. For one thread. */
  final class Turn implements AutoCloseable {
    private boolean taken;

    private Turn() {}

    /** Waits for the turn. Call at least once before the mail takes much memory. */
    void take() {
      if (!taken) {
        // Uninterruptibly, since a half-read mail has no outcome. There is no deadlock, since a
        // thread that has its turn never waits for another one.
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
