// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store.fold;

import io.tlsrpt.figures.Contribution;
import io.tlsrpt.store.NewReport;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is known about the reports of a transaction: first what the database says, then also what
 * the transaction has added. A database answers all that is {@link Wanted} before the first report
 * is folded; what it does not mention has no row. For one thread at a time.
 */
public final class Known {
  private final Map<String, Optional<Long>> contents = new HashMap<>();
  private final Set<DomainContent> domainContents = new HashSet<>();
  private final Map<ReporterDay, Integer> reportsOfDays = new HashMap<>();
  private final Map<DomainReporter, DetailsUse> detailsUse = new HashMap<>();
  private final Map<ReporterDay, Integer> changedDays = new LinkedHashMap<>();
  private final Map<DomainReporter, DetailsUse> changedUse = new LinkedHashMap<>();

  /**
   * A report is stored.
   *
   * @param identity as {@link Digests#hex}
   */
  public void report(String identity, long content) {
    contents.put(identity, Optional.of(content));
  }

  /** A report was stored and has been deleted since; its content is not known any more. */
  public void deletedReport(String identity) {
    contents.putIfAbsent(identity, Optional.empty());
  }

  /** A report with this content about this domain is stored. */
  public void content(DomainContent content) {
    domainContents.add(content);
  }

  /** How many reports of a reporter about a domain and a day are stored. */
  public void reportsOf(ReporterDay day, int reports) {
    reportsOfDays.put(day, reports);
  }

  /** How much the failure details of a reporter of a domain take. */
  public void details(DomainReporter whose, DetailsUse use) {
    detailsUse.put(whose, use);
  }

  /**
   * Whether the stored report of this identity has the same content; empty if there is none. A
   * deleted report is taken to have had the same content.
   */
  Optional<Boolean> sameContent(NewReport report) {
    Optional<Long> content = contents.get(Digests.hex(report.identity()));
    return content == null
        ? Optional.empty()
        : Optional.of(content.isEmpty() || content.get() == Digests.of(report.content()));
  }

  boolean has(DomainContent content) {
    return domainContents.contains(content);
  }

  /** Zero if no report of that day has been counted. */
  int reportsOf(ReporterDay day) {
    return reportsOfDays.getOrDefault(day, 0);
  }

  Optional<DetailsUse> details(DomainReporter whose) {
    return Optional.ofNullable(detailsUse.get(whose));
  }

  void stored(NewReport report) {
    long content = Digests.of(report.content());
    report(Digests.hex(report.identity()), content);
    for (Contribution contribution : report.contributions()) {
      content(new DomainContent(contribution.domain(), content));
    }
  }

  void change(ReporterDay day, int reports) {
    reportsOf(day, reports);
    changedDays.put(day, reports);
  }

  void change(DomainReporter whose, DetailsUse use) {
    details(whose, use);
    changedUse.put(whose, use);
  }

  /** The days whose count of reports the transaction has changed. */
  public Map<ReporterDay, Integer> changedDays() {
    return changedDays;
  }

  /** The reporters whose details take more than before the transaction. */
  public Map<DomainReporter, DetailsUse> changedUse() {
    return changedUse;
  }
}
