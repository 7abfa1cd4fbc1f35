// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.it;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/** Threads that hand mails to James. */
final class Senders {
  private Senders() {}

  /**
   * Waits until all of them have ended.
   *
   * @throws IllegalStateException if one of them failed
   */
  static void await(List<? extends Future<?>> senders) {
    try {
      for (Future<?> sender : senders) {
        sender.get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("a sender failed", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
