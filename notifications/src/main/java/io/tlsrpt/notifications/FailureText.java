// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.notifications;

import io.tlsrpt.figures.FailureFigures;
import io.tlsrpt.figures.FailureKind;
import io.tlsrpt.figures.guide.FailureAdvice;
import io.tlsrpt.report.DomainName;
import io.tlsrpt.view.FailureExplained;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** What a mail says of a kind of failure: where it is active, who tells of it, and what to do. */
final class FailureText {
  private static final int MOST_DOMAINS = 10;
  private static final int MOST_HOSTS = 5;
  private static final int MOST_REPORTERS = 3;
  private static final Pattern EMPTY_LINE = Pattern.compile("\n\n");
  private static final Pattern ITEM = Pattern.compile("(?m)^- ");

  private final FailureKind kind;
  private final List<DomainNow> domains;

  /**
   * A kind of failure.
   *
   * @param domains that have it, at least one
   */
  FailureText(FailureKind kind, Collection<DomainNow> domains) {
    this.kind = kind;
    this.domains = domains.stream().sorted(DomainNow.WORST_FIRST).toList();
  }

  /** The domains, the reporters and the hosts. */
  void writeFacts(Flowed text) {
    List<String> reporters = most(FailureFigures::reporters);
    String told =
        (reporters.isEmpty() ? "" : ", told by " + Words.some(reporters, MOST_REPORTERS)) + ".";
    if (domains.size() == 1) {
      DomainNow domain = domains.getFirst();
      text.paragraph(kind.key() + " at " + domain.name() + ": " + facts(domain) + told);
    } else {
      text.paragraph(kind.key() + " at " + Words.count(domains.size(), "domain") + told);
      if (domains.size() > MOST_DOMAINS) {
        text.paragraph("The worst of them:");
      }
      domains.stream()
          .limit(MOST_DOMAINS)
          .forEach(domain -> text.line(domain.name() + ": " + facts(domain)));
    }
    writeHosts(text);
  }

  private String facts(DomainNow domain) {
    long sessions = domain.failure(kind).map(FailureFigures::activeSessions).orElse(0L);
    return String.format(Locale.ROOT, "%,d of ", sessions)
        + Words.count(Math.max(sessions, domain.figures().active().total()), "session")
        + " failed"
        + domain.since(kind).map(day -> ", since " + Words.day(day)).orElse("");
  }

  /** What senders wrote, a line each. */
  private void writeHosts(Flowed text) {
    Map<String, Integer> hosts = counted(FailureFigures::receivingMx);
    if (hosts.isEmpty()) {
      return;
    }
    text.paragraph("Hosts that failed, as the reports name them:");
    hosts.entrySet().stream()
        .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
        .limit(MOST_HOSTS)
        .forEach(host -> text.line(SenderText.of(host.getKey()) + of(host.getValue())));
    if (hosts.size() > MOST_HOSTS) {
      text.line(String.format(Locale.ROOT, "and %,d more", hosts.size() - MOST_HOSTS));
    }
  }

  private String of(int count) {
    return domains.size() > 1 ? " (" + Words.count(count, "domain") + ")" : "";
  }

  private List<String> most(Function<FailureFigures, List<DomainName>> names) {
    return counted(names).entrySet().stream()
        .sorted(Map.Entry.<DomainName, Integer>comparingByValue(Comparator.reverseOrder()))
        .map(entry -> entry.getKey().value())
        .toList();
  }

  /** Of how many domains something is said. */
  private <T> Map<T, Integer> counted(Function<FailureFigures, List<T>> values) {
    Map<T, Integer> counts = new LinkedHashMap<>();
    for (DomainNow domain : domains) {
      domain
          .failure(kind)
          .ifPresent(
              failure ->
                  values.apply(failure).forEach(value -> counts.merge(value, 1, Integer::sum)));
    }
    return counts;
  }

  /** What it means, and the commands that show it at the worst of the domains. */
  void writeLook(Flowed text) {
    advice()
        .ifPresent(
            advice -> {
              text.paragraph(EMPTY_LINE.splitAsStream(advice.explanation()).findFirst().orElse(""));
              text.paragraph("To see it:");
              advice.look().lines().forEach(text::line);
            });
  }

  /** What to change. */
  void writeChange(Flowed text) {
    advice()
        .ifPresent(
            advice -> {
              text.paragraph("To mend it:");
              ITEM.splitAsStream(advice.change())
                  .map(String::strip)
                  .filter(item -> !item.isEmpty())
                  .forEach(text::item);
            });
  }

  private Optional<FailureAdvice> advice() {
    DomainNow worst = domains.getFirst();
    return worst.failure(kind).map(failure -> FailureExplained.advice(worst.name(), failure));
  }
}
