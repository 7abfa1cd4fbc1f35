// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.notifications;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A mail to administrators.
 *
 * @param subject in ASCII, without anything that a report's sender wrote freely
 * @param messageId without angle brackets
 * @param inReplyTo the Message-IDs of the mails that told the beginning of what this one tells
 * @param body text in {@code format=flowed} (RFC 3676), its lines ended by {@code \n}
 */
public record NoticeMail(
    Instant date,
    Sender from,
    String subject,
    String messageId,
    List<String> inReplyTo,
    String body) {
  /** The type of the body. */
  public static final String CONTENT_TYPE = "text/plain; charset=UTF-8; format=flowed";

  private static final DateTimeFormatter RFC_5322 =
      DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss xx", Locale.ENGLISH);

  public NoticeMail {
    requireNonNull(date, "date");
    requireNonNull(from, "from");
    requireNonNull(subject, "subject");
    requireNonNull(messageId, "messageId");
    inReplyTo = List.copyOf(inReplyTo);
    requireNonNull(body, "body");
  }

  /** All header fields but To and those of the body; each value is ASCII, in one line. */
  public Map<String, String> header() {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("Date", RFC_5322.format(date.atOffset(ZoneOffset.UTC)));
    fields.put("From", "TLS reports <" + from.address() + ">");
    fields.put("Subject", subject);
    fields.put("Message-ID", "<" + messageId + ">");
    if (!inReplyTo.isEmpty()) {
      String told = "<" + String.join("> <", inReplyTo) + ">";
      fields.put("In-Reply-To", told);
      fields.put("References", told);
    }
    fields.put("List-Id", "TLS reports <tlsrpt." + from.domain() + ">");
    // RFC 3834: so that no holiday answers.
    fields.put("Auto-Submitted", "auto-generated");
    return fields;
  }
}
