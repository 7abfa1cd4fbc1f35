// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.notifications;

import io.tlsrpt.figures.FailureKind;
import java.util.List;

/** The subject and the text of a mail that says which domains still lose mail. */
final class ReminderMail {
  private static final int MOST_KINDS = 3;

  private ReminderMail() {}

  /** Domains that lose mail, at least one; the worst first. */
  static EventMail.Written write(List<DomainNow> losing) {
    List<FailureKind> kinds = Subjects.kindsOf(losing);
    Flowed text = new Flowed();
    text.paragraph(
        Subjects.domains(losing.stream().map(DomainNow::name).toList())
            + (losing.size() == 1 ? " still loses mail." : " still lose mail.")
            + " You are reminded once a day. Reports tell of yesterday: if it was mended today,"
            + " tomorrow's reports end this.");
    List<FailureText> texts =
        kinds.stream()
            .limit(MOST_KINDS)
            .map(
                kind ->
                    new FailureText(
                        kind,
                        losing.stream()
                            .filter(domain -> domain.activeKinds().contains(kind))
                            .toList()))
            .toList();
    texts.forEach(failure -> failure.writeFacts(text));
    texts.forEach(failure -> failure.writeLook(text));
    return new EventMail.Written(
        Subjects.failing(losing, kinds, "still loses mail", "still lose mail"), text);
  }
}
