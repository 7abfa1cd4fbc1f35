// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.notifications;

import io.tlsrpt.figures.receiver.DeferralReason;
import io.tlsrpt.view.ReceiverFigures;
import java.util.Optional;

/** What a mail says of the receiver's own troubles on one of several servers. */
final class TroubleText {
  private final String host;
  private final ReceiverFigures receiver;

  TroubleText(String host, ReceiverFigures receiver) {
    this.host = host;
    this.receiver = receiver;
  }

  /** Writes a paragraph, and gives the subject. */
  String write(Notice.OfReceiver notice, Flowed text) {
    return switch (notice.trouble()) {
      case STORE -> notice.begins() ? storeFails(text) : storeWorks(text);
      case WAITING -> notice.begins() ? reportsWait(text) : nothingWaits(text);
    };
  }

  private String storeFails(Flowed text) {
    text.paragraph(
        "James on "
            + host
            + " cannot store TLS reports. No report is lost yet: up to 1,000 mails wait on disk and"
            + " are judged when the database can be used again. The database says:");
    Optional<String> error = receiver.storeError();
    text.line(SenderText.of(error.orElse("(nothing any more)")));
    text.paragraph("What to do: docs/operations.md, \"The database\".");
    return Subjects.of("reports cannot be stored on " + host);
  }

  private String storeWorks(Flowed text) {
    text.paragraph(
        "James on " + host + " can store TLS reports again. Mails that waited are judged.");
    return Subjects.of("reports can be stored again on " + host);
  }

  private String reportsWait(Flowed text) {
    text.paragraph(
        "On "
            + host
            + " TLS reports have been waiting for more than an hour, because they cannot be judged"
            + " now:");
    for (DeferralReason reason : DeferralReason.values()) {
      long waiting = receiver.state().deferred(reason);
      if (waiting > 0) {
        text.line(reason.key() + ": " + Words.count(waiting, "report"));
      }
    }
    text.paragraph(
        "Those that wait for the DNS are rejected after a day. What to do: docs/operations.md,"
            + " \"Why a report waits\".");
    return Subjects.of("reports have been waiting for an hour on " + host);
  }

  private String nothingWaits(Flowed text) {
    text.paragraph("On " + host + " TLS reports no longer wait.");
    return Subjects.of("reports no longer wait on " + host);
  }
}
