// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.notifications;

import io.tlsrpt.figures.receiver.DeferralReason;
import io.tlsrpt.view.ReceiverFigures;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Notices that the receiver is in trouble, or no longer is, once that has lasted: a lock of a
 * second is none, and right after a start nothing waits yet.
 */
final class TroubleWatch {
  private static final Duration STORE_FAILS = Duration.ofMinutes(5);
  private static final Duration REPORTS_WAIT = Duration.ofHours(1);
  private static final Duration IS_OVER = Duration.ofMinutes(5);

  /** Anybody can write mails that wait for the DNS; a few of them are no trouble. */
  private static final long MANY = 20;

  /** Since when each trouble has been what nobody has been told that it is. */
  private final Map<Trouble, Instant> since = new EnumMap<>(Trouble.class);

  /**
   * What to tell.
   *
   * @param told the troubles that have been told to have begun; changed to what is told now
   */
  List<Notice> look(ReceiverFigures receiver, Set<Trouble> told, Instant now) {
    List<Notice> notices = new ArrayList<>();
    for (Trouble trouble : Trouble.values()) {
      boolean is = is(trouble, receiver);
      if (is == told.contains(trouble)) {
        since.remove(trouble);
      } else if (!since
          .computeIfAbsent(trouble, first -> now)
          .plus(lasting(trouble, is))
          .isAfter(now)) {
        since.remove(trouble);
        if (is) {
          told.add(trouble);
        } else {
          told.remove(trouble);
        }
        notices.add(new Notice.OfReceiver(trouble, is, now));
      }
    }
    return notices;
  }

  private static boolean is(Trouble trouble, ReceiverFigures receiver) {
    return switch (trouble) {
      case STORE -> receiver.storeError().isPresent();
      case WAITING ->
          receiver.state().deferred(DeferralReason.DNS) > MANY
              || receiver.state().deferred(DeferralReason.DOMAINS) > 0;
    };
  }

  private static Duration lasting(Trouble trouble, boolean begins) {
    if (!begins) {
      return IS_OVER;
    }
    return trouble == Trouble.STORE ? STORE_FAILS : REPORTS_WAIT;
  }
}
