// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.notifications;

import io.tlsrpt.figures.FailureKind;
import io.tlsrpt.figures.event.DomainEvent;
import io.tlsrpt.figures.event.FirstReport;
import io.tlsrpt.figures.event.MailLoss;
import io.tlsrpt.figures.event.ModeChange;
import io.tlsrpt.figures.event.Transition;
import io.tlsrpt.report.DomainName;
import io.tlsrpt.report.MtaStsMode;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;

/** A notice as a line of the file that remembers it, and back: words with blanks between them. */
final class NoticeCodec {
  private NoticeCodec() {}

  static String write(Notice notice) {
    return switch (notice) {
      case Notice.OfDomain(DomainEvent event) ->
          event.time() + " " + event.domain() + " " + write(event);
      case Notice.OfReceiver(Trouble trouble, boolean begins, Instant time) ->
          "%s - %s %s".formatted(time, trouble, begins);
    };
  }

  private static String write(DomainEvent event) {
    return switch (event) {
      case Transition transition -> transition.change() + " " + transition.kind();
      case MailLoss loss -> "LOSS " + loss.begins();
      case ModeChange change -> "MODE " + change.from() + " " + change.to();
      case FirstReport first -> "FIRST";
    };
  }

  /** Empty for a line that is none of ours. */
  static Optional<Notice> read(List<String> words) {
    try {
      Instant time = Instant.parse(words.get(0));
      if (words.get(1).equals("-")) {
        return Optional.of(
            new Notice.OfReceiver(
                Trouble.valueOf(words.get(2)), Boolean.parseBoolean(words.get(3)), time));
      }
      return DomainName.parse(words.get(1))
          .map(domain -> new Notice.OfDomain(event(domain, time, words.subList(2, words.size()))));
    } catch (DateTimeParseException | IllegalArgumentException | IndexOutOfBoundsException e) {
      return Optional.empty();
    }
  }

  private static DomainEvent event(DomainName domain, Instant time, List<String> words) {
    return switch (words.get(0)) {
      case "LOSS" -> new MailLoss(domain, Boolean.parseBoolean(words.get(1)), time);
      case "MODE" ->
          new ModeChange(
              domain, MtaStsMode.valueOf(words.get(1)), MtaStsMode.valueOf(words.get(2)), time);
      case "FIRST" -> new FirstReport(domain, time);
      default ->
          new Transition(
              domain,
              FailureKind.valueOf(words.get(1)),
              Transition.Change.valueOf(words.get(0)),
              time);
    };
  }
}
