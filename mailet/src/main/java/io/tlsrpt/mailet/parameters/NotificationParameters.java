// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.mailet.parameters;

import io.tlsrpt.notifications.DigestRhythm;
import io.tlsrpt.receiver.Parameter;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The parameters that say who is told by mail. */
final class NotificationParameters {
  static final Parameter<Set<String>> NOTIFY =
      Parameter.list(
          "notify", MailTexts::address, "a comma list of mail addresses such as admin@example.net");
  static final Parameter<DigestRhythm> DIGEST =
      Parameter.of(
          "digest",
          DigestRhythm.OFF,
          written ->
              Stream.of(DigestRhythm.values())
                  .filter(rhythm -> rhythm.key().equals(written))
                  .findFirst(),
          "off, daily, weekly; the last two only with notify");
  static final Parameter<Optional<String>> PAGE_URL =
      Parameter.optional(
          "pageUrl",
          MailTexts::pageUrl,
          "an http or https URL such as https://james.example.com/tlsrpt, without ? and #");

  private NotificationParameters() {}

  /** Their names. */
  static List<String> names() {
    return Stream.of(NOTIFY, DIGEST, PAGE_URL).map(Parameter::name).toList();
  }
}
