// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.it;

import io.tlsrpt.it.ReportMail.Form;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

/**
 * A report of {@link CrashIT}.
 *
 * @param id its report-id, and the Message-ID of its mail
 * @param domains what it speaks of
 * @param sessions successful ones, for each domain
 * @param mail signed
 */
record CrashReport(String id, String reporter, List<String> domains, int sessions, String mail) {

  /** Reports of one organisation: fewer than may wait for the DNS at once. */
  private static final int OF_AN_ORGANISATION = 10;

  /**
   * The next report of a round. Organisations come one after another, each with a key that no
   * process has seen before.
   */
  static CrashReport of(int round, int number, Reporters reporters) {
    String reporter = "r%d-%d.example".formatted(round, number / OF_AN_ORGANISATION);
    String id = "%d@%s".formatted(number, reporter);
    List<String> domains =
        List.of(
            "mx%d.example.com".formatted(number % 7), "mx%d.example.com".formatted(7 + number % 5));
    int sessions = 1 + number % 9;
    String mail =
        new ReportMail(reporter, domains.getFirst())
            .of(Form.MULTIPART_GZIP, json(id, domains, sessions))
            .replaceFirst("Message-ID: <.*>", "Message-ID: <" + id + ">");
    return new CrashReport(id, reporter, domains, sessions, reporters.signer(reporter).sign(mail));
  }

  private static String json(String id, List<String> domains, int sessions) {
    LocalDate today = LocalDate.now(ZoneOffset.UTC);
    return """
        {"report-id": "%s",
         "date-range": {"start-datetime": "%sT00:00:00Z", "end-datetime": "%sT00:00:00Z"},
         "policies": [%s, %s]}
        """
        .formatted(
            id,
            today.minusDays(1),
            today,
            policy(domains.getFirst(), sessions),
            policy(domains.getLast(), sessions));
  }

  private static String policy(String domain, int sessions) {
    return """
        {"policy": {"policy-type": "sts", "policy-domain": "%s"},
         "summary": {"total-successful-session-count": %d}}
        """
        .formatted(domain, sessions);
  }
}
