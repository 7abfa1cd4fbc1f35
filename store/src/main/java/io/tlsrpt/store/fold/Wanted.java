// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store.fold;

import io.tlsrpt.figures.Contribution;
import io.tlsrpt.figures.DomainState;
import io.tlsrpt.report.DomainName;
import io.tlsrpt.store.NewReport;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What a database is asked before the reports of a transaction are folded.
 *
 * @param reports whether a report of this identity has been stored, and with what content
 * @param contents whether a report that says the same about a domain has been stored
 * @param days how many reports about a day have been stored
 * @param details how much the failure details of a reporter take
 */
public record Wanted(
    List<NewReport> reports,
    Set<DomainContent> contents,
    Set<ReporterDay> days,
    Set<DomainReporter> details) {
  public Wanted {
    reports = List.copyOf(reports);
    contents = Set.copyOf(contents);
    days = Set.copyOf(days);
    details = Set.copyOf(details);
  }

  /** All that could matter, whatever the states of the domains are. */
  public static Wanted all(List<List<NewReport>> mails) {
    return of(mails, contribution -> true, contribution -> true);
  }

  /**
   * What matters with these states before the transaction. Most reports are the first of their day
   * and the first on their day of receipt, and then two of the questions need not be asked.
   */
  public static Wanted of(List<List<NewReport>> mails, Map<DomainName, DomainState> states) {
    Set<DomainReporter> once = new HashSet<>();
    Set<DomainReporter> several = new HashSet<>();
    mails.stream()
        .flatMap(List::stream)
        .flatMap(report -> report.contributions().stream())
        .map(DomainReporter::of)
        .filter(whose -> !once.add(whose))
        .forEach(several::add);
    return of(
        mails,
        contribution ->
            several.contains(DomainReporter.of(contribution))
                || !ReporterDays.isFirstOfItsDay(contribution, states),
        contribution ->
            several.contains(DomainReporter.of(contribution))
                || !DetailsRoom.isFirstOnItsReceipt(contribution, states));
  }

  private static Wanted of(
      List<List<NewReport>> mails, Predicate<Contribution> day, Predicate<Contribution> receipt) {
    Map<String, NewReport> reports = new LinkedHashMap<>();
    Set<DomainContent> contents = new LinkedHashSet<>();
    Set<ReporterDay> days = new LinkedHashSet<>();
    Set<DomainReporter> details = new LinkedHashSet<>();
    for (List<NewReport> mail : mails) {
      for (NewReport report : mail) {
        reports.putIfAbsent(Digests.hex(report.identity()), report);
        long content = Digests.of(report.content());
        for (Contribution contribution : report.contributions()) {
          contents.add(new DomainContent(contribution.domain(), content));
          if (day.test(contribution)) {
            days.add(ReporterDay.of(contribution));
          }
          if (!contribution.details().isEmpty() && receipt.test(contribution)) {
            details.add(DomainReporter.of(contribution));
          }
        }
      }
    }
    return new Wanted(List.copyOf(reports.values()), contents, days, details);
  }
}
