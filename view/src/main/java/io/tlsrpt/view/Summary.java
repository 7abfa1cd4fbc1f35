// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.view;

import io.tlsrpt.figures.DomainFigures;
import io.tlsrpt.figures.FailureFigures;
import io.tlsrpt.figures.FailureKind;
import io.tlsrpt.figures.ReporterFigures;
import io.tlsrpt.report.DomainName;
import io.tlsrpt.report.MtaStsMode;
import io.tlsrpt.report.PlainText;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What is to be known of a domain first, in one or two sentences. */
public final class Summary {
  private static final int MOST_NAMES = 3;

  private Summary() {}

  /**
   * The sentences.
   *
   * @param reporters of the domain, for those that are silent
   * @param now for how long they have been
   */
  public static String of(DomainRow row, Collection<ReporterFigures> reporters, Instant now) {
    DomainFigures domain = row.figures();
    return switch (row.health()) {
      case LOSING -> failing(domain) + " " + losing(domain);
      case FAILING ->
          failing(domain)
              + (domain.mode() == MtaStsMode.TESTING
                  ? " In mode testing senders report this and deliver nevertheless."
                  : " Senders deliver nevertheless, without TLS that protects.");
      case SILENT -> silent(domain, reporters, now);
      case NEVER ->
          "No report about this domain has come yet. Large senders report once a day, the first time"
              + " within about two days after the record is published.";
      case FINE -> "Nothing fails. " + readiness(domain);
    };
  }

  private static String failing(DomainFigures domain) {
    List<FailureFigures> active =
        domain.failures().stream().filter(failure -> failure.activeSessions() > 0).toList();
    return String.format(
        Locale.ROOT,
        "%,d of %,d sessions fail (%.1f %%)%s: %s.",
        domain.active().failed(),
        domain.active().total(),
        domain.failureRatio() * 100,
        domain.oldestActiveFailure().map(day -> ", since " + day).orElse(""),
        active.stream().map(Summary::failure).collect(Collectors.joining("; ")));
  }

  private static String failure(FailureFigures failure) {
    String at =
        failure.receivingMx().isEmpty()
            ? ""
            : " at " + some(failure.receivingMx().stream().map(PlainText::of).toList());
    return failure.kind().key()
        + at
        + ", told by "
        + some(failure.reporters().stream().map(DomainName::value).toList());
  }

  private static String losing(DomainFigures domain) {
    boolean byDane = domain.activeFailures().kinds().stream().anyMatch(FailureKind::isOfDane);
    return byDane && domain.mode() != MtaStsMode.ENFORCE
        ? "Senders that check DANE do not deliver over such sessions: mail is late, then returned."
        : "In mode enforce senders do not deliver over such sessions: mail is late, then returned.";
  }

  private static String silent(
      DomainFigures domain, Collection<ReporterFigures> reporters, Instant now) {
    List<String> overdue =
        reporters.stream()
            .filter(ReporterFigures::overdue)
            .map(
                reporter ->
                    "%s, usually heard of %s, has been silent for %d days"
                        .formatted(
                            reporter.reporter(),
                            rhythm(reporter),
                            Duration.between(reporter.lastHeard(), now).toDays()))
            .toList();
    return "Nothing fails as far as anybody says, but "
        + (overdue.isEmpty() ? "nobody has reported for long" : some(overdue))
        + (domain.reporters() == 0 ? ": nobody would tell if something failed." : ".");
  }

  private static String rhythm(ReporterFigures reporter) {
    int gap = reporter.usualGap().orElse(1);
    return gap == 1 ? "daily" : "every " + gap + " days";
  }

  private static String readiness(DomainFigures domain) {
    return switch (domain.mode()) {
      case ENFORCE -> "Mode enforce is in force.";
      case TESTING ->
          domain.enforceReady()
              ? "By what reports say it is safe to go from mode testing to enforce."
              : "Mode testing cannot become enforce yet: "
                  + String.join("; ", domain.enforceBlockers())
                  + ".";
      case NONE, UNKNOWN -> "The reporters have seen no MTA-STS policy.";
    };
  }

  /** The first names, and how many others there are. */
  private static String some(List<String> names) {
    if (names.size() > MOST_NAMES) {
      return String.join(", ", names.subList(0, MOST_NAMES))
          + " and "
          + (names.size() - MOST_NAMES)
          + " others";
    }
    int last = names.size() - 1;
    return last < 1
        ? String.join("", names)
        : String.join(", ", names.subList(0, last)) + " and " + names.get(last);
  }
}
