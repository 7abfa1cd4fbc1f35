// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.notifications;

import java.util.List;

/** Takes mails for delivery: a mail server, which whoever runs a notifier has. */
@FunctionalInterface
public interface Outbox {

  /**
   * Hands a mail over. It is sent with an empty envelope sender, so that no bounce comes back.
   *
   * @throws NotSentException if the mail has not been taken; it is handed over again later
   */
  void send(NoticeMail mail, List<String> recipients) throws NotSentException;
}
