// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * A database with 1,000 reports that the code of release 1.0.0 wrote, and these reports, so that
 * they can come again: 50 days of four reporters about eight domains, each with troubles of its
 * own. How it was made stands beside it, in {@code old-database.md}.
 */
public final class OldDatabase {
  /** The domains, all of which were heard of on each day. */
  public static final List<String> DOMAINS =
      IntStream.rangeClosed(1, 8).mapToObj(i -> "d" + i + ".example.com").toList();

  /** After the last receipt. */
  public static final Instant END = Instant.parse("2026-11-21T03:00:00Z");

  private static final LocalDate FIRST_DAY = LocalDate.parse("2026-10-01");
  private static final int DAYS = 50;

  private OldDatabase() {}

  /**
   * A report as it came.
   *
   * @param domains the policy domains that it speaks of
   */
  public record Report(String reporter, Instant receivedAt, List<String> domains, String json) {
    public Report {
      domains = List.copyOf(domains);
    }
  }

  /** Writes the database as the file that the release left. */
  public static void copyTo(Path file) {
    try (InputStream packed = OldDatabase.class.getResourceAsStream("old-database.db.gz")) {
      if (packed == null) {
        throw new IllegalStateException("old-database.db.gz is missing");
      }
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.copy(new GZIPInputStream(packed), file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All reports, in the order of receipt. */
  public static List<Report> reports() {
    return IntStream.range(0, DAYS)
        .boxed()
        .flatMap(OldDatabase::ofDay)
        .sorted(Comparator.comparing(Report::receivedAt))
        .toList();
  }

  private static Stream<Report> ofDay(int day) {
    List<Report> reports = new ArrayList<>();
    for (int domain = 0; domain < DOMAINS.size(); domain++) {
      reports.add(bigmail(day, domain));
      reports.add(postbox(day, domain));
    }
    reports.add(freemail(day, DOMAINS.subList(0, 4)));
    reports.add(freemail(day, DOMAINS.subList(4, 8)));
    reports.add(halfDay(day, true));
    reports.add(halfDay(day, false));
    return reports.stream();
  }

  /** Sees nearly all troubles, with all that can be said of them. */
  private static Report bigmail(int day, int domain) {
    long failed = failed(day, domain);
    return report(
        "bigmail.example",
        day,
        Duration.ofHours(39).plusMinutes(domain),
        "\"report-id\": \"%d-%d@bigmail.example\",".formatted(day, domain),
        List.of(
            entry(
                domain == 6 ? "no-policy-found" : "sts",
                domain,
                100 + day,
                failed,
                failed == 0 ? "" : details(domain, failed))));
  }

  /** Tells the same sessions twice, as sts and as tlsa, and cannot resolve a name. */
  private static Report postbox(int day, int domain) {
    long failed = day == DAYS - 1 && domain == 3 ? 2 : 0;
    return report(
        "postbox.example",
        day,
        Duration.ofHours(44).plusMinutes(domain),
        "\"report-id\": \"%d+%d\",".formatted(day, domain),
        List.of(
            entry("sts", domain, 10 + domain, 0, ""),
            entry(
                "tlsa",
                domain,
                10 + domain - failed,
                failed,
                failed == 0 ? "" : detail("tlsa-invalid", failed, "mx3.d4.example.com"))));
  }

  /** One report for four domains. */
  private static Report freemail(int day, List<String> domains) {
    return report(
        "freemail.example",
        day,
        Duration.ofHours(50),
        "\"report-id\": \"%d.%s\",".formatted(day, domains.getFirst()),
        domains.stream()
            .map(DOMAINS::indexOf)
            .map(domain -> entry("sts", domain, 3, day % 10 == 9 && domain != 7 ? 1 : 0, ""))
            .toList());
  }

  /** Two parts of a day; the second one has no report-id. Each seventh comes three weeks late. */
  private static Report halfDay(int day, boolean first) {
    LocalDate date = FIRST_DAY.plusDays(day);
    boolean late = day % 7 == 3 && day < DAYS - 21;
    return new Report(
        "smallmail.example",
        at(date).plus(Duration.ofHours(late ? 21 * 24 : first ? 13 : 25)),
        List.of(DOMAINS.getFirst()),
        json(
            date + (first ? "T00:00:00Z" : "T12:00:00Z"),
            date + (first ? "T11:59:59Z" : "T23:59:59Z"),
            first ? "\"report-id\": \"%s\",".formatted(date) : "",
            List.of(entry("sts", 0, first ? 4 : 5, late && first ? 1 : 0, ""))));
  }

  /** Whatever goes wrong with a domain, and when. */
  private static long failed(int day, int domain) {
    return switch (domain) {
      case 1 -> day >= 10 && day < 15 ? 20 : 0;
      case 2 -> day >= 46 ? 7 : 0;
      case 4 -> day % 2;
      case 5 -> day == 44 ? 3 : 0;
      case 6 -> day >= 47 ? 2 : 0;
      default -> 0;
    };
  }

  private static String details(int domain, long failed) {
    return switch (domain) {
      case 1 -> detail("certificate-expired", failed, "mx1.d2.example.com");
      case 2 ->
          detail("starttls-not-supported", failed - 1, "mx1.d3.example.com")
              + ", "
              + detail("validation-failure", 1, "MX2.d3.example.com.");
      case 5 -> detail("failure-to-come", failed, "mx1.d6.example.com");
      case 6 -> detail("certificate-host-mismatch", failed, "mx1.d7.example.com");
      default -> "";
    };
  }

  private static String detail(String type, long failed, String mx) {
    return """
        {"result-type": "%s", "sending-mta-ip": "203.0.113.7", "receiving-mx-hostname": "%s",
         "receiving-ip": "2001:db8::25", "failed-session-count": %d,
         "failure-reason-code": "\u00fc \\"quoted\\" %1$s"}"""
        .formatted(type, mx, failed);
  }

  /**
   * A report about a day.
   *
   * @param received so long after the day began
   */
  private static Report report(
      String reporter, int day, Duration received, String id, List<String> entries) {
    LocalDate date = FIRST_DAY.plusDays(day);
    return new Report(
        reporter,
        at(date).plus(received),
        domains(entries),
        json(date + "T00:00:00Z", date + "T23:59:59Z", id, entries));
  }

  private static List<String> domains(List<String> entries) {
    return DOMAINS.stream()
        .filter(domain -> entries.stream().anyMatch(entry -> entry.contains('"' + domain + '"')))
        .toList();
  }

  private static Instant at(LocalDate date) {
    return date.atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  private static String json(String start, String end, String id, List<String> entries) {
    return """
        {"organization-name": "Example", "contact-info": "tls@example.org", %s
         "date-range": {"start-datetime": "%s", "end-datetime": "%s"},
         "policies": [%s]}
        """
        .formatted(id, start, end, String.join(",\n", entries));
  }

  private static String entry(
      String type, int domain, long successful, long failed, String details) {
    String mode = domain == 7 ? "testing" : "enforce";
    return """
        {"policy": {"policy-type": "%s", "policy-string": [%s], "policy-domain": "%s",
           "mx-host": ["*.%3$s"]},
         "summary": {"total-successful-session-count": %d, "total-failure-session-count": %d},
         "failure-details": [%s]}"""
        .formatted(
            type,
            type.equals("sts") ? "\"version: STSv1\", \"mode: %s\"".formatted(mode) : "",
            DOMAINS.get(domain),
            successful,
            failed,
            details);
  }
}
