// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.notifications;

import io.tlsrpt.figures.FailureKind;
import io.tlsrpt.figures.event.DomainEvent;
import io.tlsrpt.figures.event.FirstReport;
import io.tlsrpt.figures.event.MailLoss;
import io.tlsrpt.figures.event.ModeChange;
import io.tlsrpt.figures.event.Transition;
import io.tlsrpt.figures.posture.Check;
import io.tlsrpt.figures.posture.CheckEvent;
import io.tlsrpt.figures.posture.DomainCheck;
import io.tlsrpt.figures.posture.MxCheck;
import io.tlsrpt.report.DomainName;
import io.tlsrpt.report.MtaStsMode;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;

/** A notice as a line of the file that remembers it, and back: words with blanks between them. */
final class NoticeCodec {
  private static final String CHECK = "?";
  private static final String OF_DOMAIN = "domain";
  private static final String OF_HOST = "host";

  private NoticeCodec() {}

  static String write(Notice notice) {
    return switch (notice) {
      case Notice.OfDomain(DomainEvent event) ->
          event.time() + " " + event.domain() + " " + write(event);
      case Notice.OfCheck(CheckEvent event) -> event.at() + " " + CHECK + " " + write(event);
      case Notice.OfReceiver(Trouble trouble, boolean begins, Instant time) ->
          "%s - %s %s".formatted(time, trouble, begins);
    };
  }

  /** What was found comes last, since it is the only text with blanks. */
  private static String write(CheckEvent event) {
    String check =
        switch (event.check()) {
          case DomainCheck ofDomain -> OF_DOMAIN + " " + ofDomain.name();
          case MxCheck ofHost -> OF_HOST + " " + ofHost.name();
        };
    return "%s %s %s %s"
        .formatted(check, event.failing(), event.subject(), event.words().replaceAll("\\s+", " "));
  }

  private static CheckEvent checkEvent(Instant time, List<String> words) {
    String name = words.get(1);
    Check check =
        switch (words.get(0)) {
          case OF_DOMAIN -> DomainCheck.valueOf(name);
          case OF_HOST -> MxCheck.valueOf(name);
          default -> throw new IllegalArgumentException(words.get(0));
        };
    return new CheckEvent(
        words.get(3),
        check,
        Boolean.parseBoolean(words.get(2)),
        String.join(" ", words.subList(4, words.size())),
        time);
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
      if (words.get(1).equals(CHECK)) {
        return Optional.of(new Notice.OfCheck(checkEvent(time, words.subList(2, words.size()))));
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
