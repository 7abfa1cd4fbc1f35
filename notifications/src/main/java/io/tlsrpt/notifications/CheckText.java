// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.notifications;

import io.tlsrpt.figures.posture.CheckEvent;
import java.util.List;

/**
 * What a mail says of checks that have turned. Words that were found come from outside: each stands
 * as data on a line of its own.
 */
final class CheckText {
  private static final int MOST = 10;

  private final List<CheckEvent> events;

  /** At least one event. */
  CheckText(List<CheckEvent> events) {
    this.events = List.copyOf(events);
  }

  /** Such as {@code certificate of mx.example.com fails}, or {@code 12 checks fail}. */
  String subject(String one, String many) {
    CheckEvent first = events.getFirst();
    return events.size() == 1
        ? "%s of %s %s".formatted(first.check().key(), first.subject(), one)
        : Words.count(events.size(), "check") + " " + many;
  }

  void write(String title, Flowed text) {
    text.paragraph(title);
    for (CheckEvent event : events.subList(0, Math.min(events.size(), MOST))) {
      text.line(event.check().key() + " of " + event.subject());
      if (!event.words().isEmpty()) {
        text.line("  " + SenderText.of(event.words()));
      }
    }
    if (events.size() > MOST) {
      text.line("and " + (events.size() - MOST) + " more");
    }
  }
}
