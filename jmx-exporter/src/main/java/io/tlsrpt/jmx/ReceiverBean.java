// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.jmx;

import io.tlsrpt.figures.posture.CheckStatus;
import io.tlsrpt.figures.posture.DomainCheck;
import io.tlsrpt.figures.posture.Posture;
import io.tlsrpt.figures.posture.Postures;
import io.tlsrpt.figures.receiver.DeferralReason;
import io.tlsrpt.figures.receiver.RejectionReason;
import io.tlsrpt.figures.receiver.UnknownDomain;
import io.tlsrpt.jmx.Operation.Parameter;
import io.tlsrpt.report.Deviation;
import io.tlsrpt.report.DomainName;
import io.tlsrpt.report.PlainText;
import io.tlsrpt.view.Explanation;
import io.tlsrpt.view.FiguresSource;
import io.tlsrpt.view.HistoryQuestions;
import io.tlsrpt.view.ReceiverFigures;
import io.tlsrpt.view.RecentReports;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.management.MBeanNotificationInfo;
import javax.management.openmbean.SimpleType;

/**
 * {@code io.tlsrpt:type=Receiver}: what the receiver has done since it started. At any quiet moment
 * {@code ReportsReceived = ReportsAccepted + ReportsDuplicate + ReportsRejected + ReportsDeferred}.
 */
final class ReceiverBean {
  private static final CountsByKey<RejectionReason> REASONS =
      CountsByKey.of(
          "io.tlsrpt.RejectionsByReason",
          "Rejected reports by reason.",
          RejectionReason.values(),
          RejectionReason::key);

  private static final CountsByKey<DeferralReason> DEFERRALS =
      CountsByKey.of(
          "io.tlsrpt.DeferralsByReason",
          "Reports that wait now, by what they wait for.",
          DeferralReason.values(),
          DeferralReason::key);

  private static final CountsByKey<Deviation> DEVIATIONS =
      CountsByKey.of(
          "io.tlsrpt.DeviationsByKind",
          "Reports by what had to be tolerated in them.",
          Deviation.values(),
          Deviation::key);

  private static final CountsByKey<DomainCheck> PROBLEMS =
      CountsByKey.of(
          "io.tlsrpt.DomainsByProblem",
          "Domains of which a check is failing.",
          DomainCheck.values(),
          DomainCheck::key);

  private static final Parameter CHECK =
      new Parameter(
          "check",
          SimpleType.STRING,
          Stream.of(DomainCheck.values()).map(DomainCheck::key).collect(Collectors.joining(", ")));
  private static final Parameter DOMAIN =
      new Parameter("domain", SimpleType.STRING, HistoryQuestions.DOMAIN);
  private static final Parameter DAYS =
      new Parameter("days", SimpleType.INTEGER, HistoryQuestions.DAYS);
  private static final Parameter RESULT_TYPE =
      new Parameter("resultType", SimpleType.STRING, Explanation.RESULT_TYPES);

  static final BeanType<ReceiverSource> TYPE =
      new BeanType<>(
          "io.tlsrpt.Receiver",
          "The receiver of TLS reports (RFC 8460) in this server.",
          List.of(
              count(
                  "ReportsReceived",
                  "Reports received since StartTime; a mail without a readable report counts as"
                      + " one.",
                  shown -> shown.receiver().state().received()),
              count(
                  "ReportsAccepted",
                  "Reports counted in the figures of domains.",
                  shown -> shown.receiver().state().accepted()),
              count(
                  "ReportsDuplicate",
                  "Reports that had been counted before.",
                  shown -> shown.receiver().state().duplicate()),
              count(
                  "ReportsRejected",
                  "Reports refused; RejectionsByReason says why.",
                  shown -> shown.receiver().state().rejected()),
              count(
                  "ReportsDeferred",
                  "Reports that wait now because they cannot be judged yet; a mail counts as one"
                      + " until it is read.",
                  shown -> shown.receiver().state().deferred()),
              Attribute.composite(
                  "RejectionsByReason",
                  REASONS,
                  "reports",
                  "Rejected reports by reason; all reasons always present.",
                  shown -> REASONS.counts(shown.receiver().state()::rejected)),
              Attribute.composite(
                  "DeferralsByReason",
                  DEFERRALS,
                  "reports",
                  "Reports that wait now, by the reason why they wait; all reasons always present.",
                  shown -> DEFERRALS.counts(shown.receiver().state()::deferred)),
              Attribute.composite(
                  "DeviationsByKind",
                  DEVIATIONS,
                  "reports",
                  "Reports that deviate from RFC 8460, by kind of deviation.",
                  shown -> DEVIATIONS.counts(shown.receiver().state()::deviating)),
              Attribute.number(
                  "Domains",
                  "domains",
                  "Domains that are shown, with at least one report.",
                  ReceiverSource::domains),
              Attribute.number(
                  "DomainLimit",
                  "domains",
                  "maxDomains: what reports say of a further domain is left out.",
                  shown -> shown.receiver().domainLimit()),
              Attribute.number(
                  "NeverReported",
                  "domains",
                  "Served domains without any report; the operation neverReported names them.",
                  shown -> shown.source().neverReported().size()),
              Attribute.texts(
                  "UnknownDomains",
                  "Policy domains that were refused because they are not ours, the latest first, 20"
                      + " at most; each with its count of reports and its last reporter. Those that"
                      + " look like ours stay longest.",
                  shown ->
                      shown.receiver().unknownDomains().stream().map(ReceiverBean::line).toList()),
              Attribute.texts(
                  "RecentReports",
                  "The newest reports, newest first, in columns: reporter, policy domain, policy"
                      + " mode, result type, session count, receiving MX, receiving IP, sending MTA"
                      + " IP, date range.",
                  shown -> shown.recent().lines(shown.receiver())),
              Attribute.truth(
                  "StoreAvailable",
                  "Whether reports can be stored; if not, they wait (reason store).",
                  shown -> shown.receiver().storeError().isEmpty()),
              Attribute.text(
                  "StoreError",
                  "Why reports cannot be stored; empty if they can.",
                  shown -> shown.receiver().storeError().orElse("")),
              Attribute.text(
                  "ClockError",
                  "Why the server's clock cannot be trusted; empty if it can.",
                  shown -> shown.receiver().clockError().orElse("")),
              Attribute.text(
                  "DkimMode",
                  "required: only authentic reports count; off: every report counts, whoever sent"
                      + " it.",
                  shown -> shown.receiver().dkimMode()),
              Attribute.time(
                  "LastReportTime",
                  "Receipt of the newest accepted report; null if there was none since StartTime.",
                  shown -> shown.receiver().state().lastReportTime()),
              Attribute.time(
                  "StartTime",
                  "When the receiver started; its counts begin here.",
                  shown -> Optional.of(shown.receiver().state().startTime())),
              Attribute.text(
                  "Version", "Version of the plugin.", shown -> shown.receiver().version()),
              Attribute.texts(
                  "Checks",
                  "What this server looks at by itself: dns, policy, own-mx, mx; nothing if checks"
                      + " is off.",
                  shown ->
                      shown.source().postures().levels().stream()
                          .sorted()
                          .map(Postures.Level::key)
                          .toList()),
              Attribute.composite(
                  "DomainsByProblem",
                  PROBLEMS,
                  "domains",
                  "Domains of which a check is failing, by check; the operation problems names"
                      + " them.",
                  shown -> PROBLEMS.counts(shown::failing)),
              Attribute.number(
                  "MxHosts",
                  "hosts",
                  "MX hosts of the domains that are looked at; 0 if MX hosts are not.",
                  shown -> shown.source().postures().hostCount()),
              Attribute.perhaps(
                  "ResolverValidates",
                  "Whether the server's resolver validates by DNSSEC; null while that is not known.",
                  shown -> shown.source().postures().resolverValidates()),
              Attribute.time(
                  "LastCheck",
                  "When the last look was; null before the first.",
                  shown -> shown.source().postures().lastLook())),
          List.of(
              new Operation<>(
                  "reports",
                  List.of(DOMAIN, DAYS),
                  ReportTable.type(),
                  "What reports said, newest first, 1000 rows at most.",
                  (shown, given) ->
                      ReportTable.of(shown.history().reports(given.text(0), given.number(1)))),
              new Operation<>(
                  "failures",
                  List.of(DOMAIN, DAYS),
                  ReportTable.type(),
                  "The failures in reports, newest first, 1000 rows at most.",
                  (shown, given) ->
                      ReportTable.of(shown.history().failures(given.text(0), given.number(1)))),
              new Operation<>(
                  "exportJson",
                  List.of(DOMAIN, DAYS),
                  SimpleType.STRING,
                  "The kept reports as JSON, newest first, 1 MiB at most; complete says whether"
                      + " that was all.",
                  (shown, given) -> shown.history().exportJson(given.text(0), given.number(1))),
              new Operation<>(
                  "explain",
                  List.of(RESULT_TYPE),
                  SimpleType.STRING,
                  "What a result type means, which commands show it, and what to change.",
                  (shown, given) -> Explanation.of(given.text(0))),
              new Operation<>(
                  "problems",
                  List.of(CHECK),
                  Attribute.TEXTS,
                  "Domains of which a check is failing, each with what was found, 10000 at most.",
                  (shown, given) -> shown.problems(given.text(0))),
              new Operation<>(
                  "neverReported",
                  List.of(),
                  Attribute.TEXTS,
                  "Served domains without any report, 10000 at most.",
                  (shown, given) -> shown.neverReported())),
          ReceiverBean.notifications());

  private static final int MAX_DOMAINS = 10_000;

  private ReceiverBean() {}

  /** All notifications that the bean sends. */
  static MBeanNotificationInfo[] notifications() {
    return Stream.of(Notices.info(), CheckNotices.info())
        .flatMap(Stream::of)
        .toArray(MBeanNotificationInfo[]::new);
  }

  private static String line(UnknownDomain unknown) {
    return "%s: %d, last from %s".formatted(unknown.domain(), unknown.count(), unknown.reporter());
  }

  private static Attribute<ReceiverSource> count(
      String name, String description, ToLongFunction<ReceiverSource> reader) {
    return Attribute.number(name, "reports", description, reader);
  }

  /**
   * All that the bean shows.
   *
   * @param domains domains that have beans
   */
  record ReceiverSource(
      ReceiverFigures receiver,
      long domains,
      FiguresSource source,
      HistoryQuestions history,
      RecentReports recent) {
    long failing(DomainCheck check) {
      return source.postures().domains().stream()
          .filter(posture -> posture.check(check).status() == CheckStatus.FAILING)
          .count();
    }

    String[] problems(String key) {
      DomainCheck check =
          Stream.of(DomainCheck.values())
              .filter(known -> known.key().equals(key))
              .findFirst()
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "check is '" + PlainText.of(key) + "'; allowed: " + CHECK.description()));
      return source.postures().domains().stream()
          .filter(posture -> posture.check(check).status() == CheckStatus.FAILING)
          .sorted(Comparator.comparing(Posture::domain))
          .limit(MAX_DOMAINS)
          .map(
              posture ->
                  posture.domain() + ": " + String.join("; ", posture.check(check).findings()))
          .toArray(String[]::new);
    }

    String[] neverReported() {
      return source.neverReported().stream()
          .sorted()
          .limit(MAX_DOMAINS)
          .map(DomainName::value)
          .toArray(String[]::new);
    }
  }
}
