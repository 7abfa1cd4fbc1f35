// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.mailet;

import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * Heap that the reports of all mails may take while they are read and until they are stored: a
 * sixteenth. The server has 20 threads for mails, each of which may get the largest one allowed in
 * the same moment; they read in turn then. First come, first served. Thread-safe.
 */
final class ReadingSpace {
  private static final int PART_OF_HEAP = 16;

  /** Permits are kibibytes: an int holds two tebibytes of them. */
  private static final int UNIT = 1 << 10;

  private final int size;
  private final Semaphore free;

  /**
   * Makes a space.
   *
   * @param bytes how large it is
   */
  ReadingSpace(long bytes) {
    this.size = units(bytes);
    this.free = new Semaphore(size, true);
  }

  /** That of a process with this heap, in bytes. */
  static ReadingSpace ofHeap(long heap) {
    return new ReadingSpace(heap / PART_OF_HEAP);
  }

  /**
   * Does something once there is space for it.
   *
   * @param bytes how much it may need; of more than there is, all is enough
   */
  <T> T within(long bytes, Supplier<T> work) {
    int taken = Math.min(size, units(bytes));
    // Not to be interrupted: whoever has the space now gives it back within seconds.
    free.acquireUninterruptibly(taken);
    try {
      return work.get();
    } finally {
      free.release(taken);
    }
  }

  private static int units(long bytes) {
    return Math.toIntExact(Math.clamp((bytes + UNIT - 1) / UNIT, 1, Integer.MAX_VALUE));
  }
}
