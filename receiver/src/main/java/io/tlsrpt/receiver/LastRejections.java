// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.receiver;

import io.tlsrpt.view.RejectedMail;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The last rejected reports since the start. May be used by many threads at once. */
final class LastRejections {
  private static final int MOST = 100;

  /** Strangers write what is in a detail. */
  private static final int LONGEST_DETAIL = 1_000;

  private final Deque<RejectedMail> rejections = new ArrayDeque<>();

  synchronized void add(RejectedMail rejected) {
    rejections.addFirst(shortened(rejected));
    if (rejections.size() > MOST) {
      rejections.removeLast();
    }
  }

  private static RejectedMail shortened(RejectedMail rejected) {
    String detail = rejected.detail();
    return detail.length() <= LONGEST_DETAIL
        ? rejected
        : new RejectedMail(
            rejected.receivedAt(),
            rejected.mail(),
            rejected.reason(),
            detail.substring(0, LONGEST_DETAIL) + "…");
  }

  /** The last one first. */
  synchronized List<RejectedMail> newestFirst() {
    return List.copyOf(rejections);
  }
}
