// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.it;

import static io.tlsrpt.it.SampleReporter.BIGMAIL;
import static io.tlsrpt.it.SampleReporter.FREEMAIL;
import static io.tlsrpt.it.SampleReporter.POSTBOX;
import static java.util.Locale.ROOT;

import io.tlsrpt.it.ReportMail.Form;
import io.tlsrpt.it.SampleDomain.Failing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a small provider of mail has after a month: domains in all states, each with the reports of
 * 30 days in a mailbox. Those of the worst domain's largest reporter about yesterday are left out:
 * they are to come by SMTP. All is the same in each run but the dates.
 */
final class SampleInstallation {
  /** The one that loses mail. */
  static final String WORST = "lighthouse.example";

  /** Served, and nobody has reported about it. */
  static final String NEVER = "meadow.example";

  /** Its reporter has fallen silent. */
  static final String SILENT = "ferry.example";

  static final String RUA = "tlsrpt@" + WORST;

  private static final int DAYS = 30;
  private static final List<SampleReporter> ALL = List.of(BIGMAIL, FREEMAIL, POSTBOX);
  private static final List<SampleReporter> LARGE = List.of(BIGMAIL, FREEMAIL);
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss 'GMT'", ROOT);

  private static final List<SampleDomain> DOMAINS =
      List.of(
          new SampleDomain(
              WORST,
              "enforce",
              640,
              DAYS,
              1,
              ALL,
              List.of(
                  expired(BIGMAIL, 20, 4),
                  expired(FREEMAIL, 24, 4),
                  expired(POSTBOX, 10, 3),
                  new Failing(
                      "starttls-not-supported",
                      "mx1." + WORST,
                      "198.51.100.11",
                      6,
                      22,
                      20,
                      FREEMAIL))),
          dane("harbour.example", 210, "tlsa-invalid", 35, 2),
          sts(
              "orchard.example",
              "testing",
              130,
              "certificate-host-mismatch",
              "backup.orchard.example",
              9,
              6),
          sts("windmill.example", "testing", 45, "sts-policy-fetch-error", "", 30, 3),
          new SampleDomain(SILENT, "enforce", 25, DAYS, 6, List.of(BIGMAIL), List.of()),
          fine("bakery.example", "enforce", 90, DAYS, LARGE),
          fine("xn--bcher-kva.example", "enforce", 310, DAYS, ALL),
          fine("library.example", "testing", 160, DAYS, LARGE),
          fine("museum.example", "none", 12, DAYS, LARGE),
          fine("theatre.example", "testing", 70, 9, LARGE));

  private final LocalDate today = LocalDate.now(ZoneOffset.UTC);

  private static Failing expired(SampleReporter reporter, int percent, int from) {
    return new Failing(
        "certificate-expired", "mx2." + WORST, "198.51.100.12", percent, from, 1, reporter);
  }

  private static SampleDomain dane(String name, int perDay, String type, int percent, int from) {
    Failing failing = new Failing(type, "mx1." + name, "198.51.100.21", percent, from, 1, FREEMAIL);
    return new SampleDomain(name, "tlsa", perDay, DAYS, 1, LARGE, List.of(failing));
  }

  private static SampleDomain sts(
      String name, String mode, int perDay, String type, String mx, int percent, int from) {
    Failing failing = new Failing(type, mx, "198.51.100.31", percent, from, 1, BIGMAIL);
    return new SampleDomain(name, mode, perDay, DAYS, 1, LARGE, List.of(failing));
  }

  private static SampleDomain fine(
      String name, String policy, int perDay, int from, List<SampleReporter> reporters) {
    return new SampleDomain(name, policy, perDay, from, 1, reporters, List.of());
  }

  /** All domains that are served. */
  List<String> domains() {
    return Stream.concat(DOMAINS.stream().map(SampleDomain::name), Stream.of(NEVER)).toList();
  }

  /** Writes the mails of the past as an mbox file, as the administrator's mailbox has them. */
  void writeMailbox(Path file) throws IOException {
    List<String> mails = new ArrayList<>();
    for (SampleDomain domain : DOMAINS) {
      for (int daysAgo = domain.from(); daysAgo >= domain.to(); daysAgo--) {
        for (SampleReporter reporter : domain.reporters()) {
          if (!isToCome(domain, reporter, daysAgo)) {
            mails.add(archived(domain, reporter, daysAgo));
          }
        }
      }
    }
    Files.write(file, mails);
  }

  private static boolean isToCome(SampleDomain domain, SampleReporter reporter, int daysAgo) {
    return domain.name().equals(WORST) && reporter.equals(BIGMAIL) && daysAgo == 1;
  }

  private String archived(SampleDomain domain, SampleReporter reporter, int daysAgo) {
    Instant received =
        today
            .minusDays(daysAgo - 1L)
            .atTime(reporter.hour() + domain.perDay() % 6, domain.name().length())
            .toInstant(ZoneOffset.UTC);
    return """
        From tls-reports@%1$s Thu Jan  1 00:00:00 1970
        Received: from mta.%1$s by mx1.%2$s with ESMTPS; %3$s
        %4$s
        """
        .formatted(
            reporter.domain(),
            WORST,
            DATE.format(received.atOffset(ZoneOffset.UTC)),
            mail(domain, reporter, daysAgo));
  }

  private String mail(SampleDomain domain, SampleReporter reporter, int daysAgo) {
    return new ReportMail(reporter.domain(), domain.name())
        .of(
            Form.MULTIPART_GZIP,
            domain.report(reporter, today.minusDays(daysAgo).toString(), daysAgo));
  }

  /** The report of yesterday about the worst domain. */
  String newest() {
    return mail(DOMAINS.getFirst(), BIGMAIL, 1);
  }

  /** A report about a domain that nobody here serves. */
  String foreign() {
    return mail(fine("elsewhere.example", "enforce", 10, 1, LARGE), BIGMAIL, 1);
  }
}
