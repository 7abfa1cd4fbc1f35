// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.receiver.intake;

import io.tlsrpt.dkim.KnownKeys;
import io.tlsrpt.dns.OrganisationalDomain;
import io.tlsrpt.figures.Contribution;
import io.tlsrpt.figures.receiver.ReportOutcome;
import io.tlsrpt.figures.receiver.ReportOutcome.Duplicate;
import io.tlsrpt.figures.receiver.ReportOutcome.Rejected;
import io.tlsrpt.receiver.domains.ShownDomains;
import io.tlsrpt.receiver.intake.Checked.Failed;
import io.tlsrpt.receiver.intake.Checked.Passed;
import io.tlsrpt.receiver.port.IntakeStep;
import io.tlsrpt.receiver.port.ReceiverMeters;
import io.tlsrpt.receiver.port.ReceiverMeters.Timing;
import io.tlsrpt.report.Deviation;
import io.tlsrpt.report.Deviations;
import io.tlsrpt.report.DomainName;
import io.tlsrpt.store.ReportStore;
import io.tlsrpt.store.StoreOutcome;
import io.tlsrpt.store.StoreUnavailableException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commits the reports of a mail, all together, and then shows their domains. May be used by many
 * threads at once.
 */
public final class ReportCommit {
  private static final Logger LOGGER = LoggerFactory.getLogger(ReportCommit.class);

  private final ReportStore store;
  private final ShownDomains shown;
  private final KnownKeys knownKeys;
  private final TlsDeliveries deliveries;
  private final ReceiverMeters meters;

  /**
   * Commits to a store.
   *
   * @param knownKeys is told which reporters had reports accepted
   * @param deliveries is told how these came
   */
  public ReportCommit(
      ReportStore store,
      ShownDomains shown,
      KnownKeys knownKeys,
      TlsDeliveries deliveries,
      ReceiverMeters meters) {
    this.store = store;
    this.shown = shown;
    this.knownKeys = knownKeys;
    this.deliveries = deliveries;
    this.meters = meters;
  }

  /**
   * Commits the reports that passed all steps. Gives an outcome for each report, in order.
   *
   * @throws StoreUnavailableException if the store cannot be written now; nothing is committed
   */
  List<ReportOutcome> commit(Envelope mail, List<Checked<ReadyReport, Rejected>> reports) {
    List<ReadyReport> ready =
        reports.stream()
            .flatMap(
                report ->
                    report instanceof Passed<ReadyReport, Rejected>(ReadyReport one)
                        ? Stream.of(one)
                        : Stream.empty())
            .toList();
    Iterator<ReportOutcome> committed =
        ready.isEmpty() ? Collections.emptyIterator() : commitAll(mail, ready).iterator();
    List<ReportOutcome> outcomes = new ArrayList<>();
    for (Checked<ReadyReport, Rejected> report : reports) {
      outcomes.add(
          switch (report) {
            case Failed<ReadyReport, Rejected>(Rejected why) -> why;
            case Passed<ReadyReport, Rejected> one -> committed.next();
          });
    }
    return outcomes;
  }

  private List<ReportOutcome> commitAll(Envelope mail, List<ReadyReport> ready) {
    List<StoreOutcome> stored;
    Timing timing = meters.time(IntakeStep.STORE);
    try {
      stored = store.commit(ready.stream().map(ReadyReport::toStore).toList());
    } catch (Throwable e) {
      return Collections.nCopies(ready.size(), Guard.rejection(mail.arrival(), e));
    } finally {
      timing.close();
    }
    List<ReportOutcome> outcomes = new ArrayList<>();
    for (int i = 0; i < stored.size(); i++) {
      outcomes.add(outcome(ready.get(i), stored.get(i)));
    }
    publishCatchingAll(mail, ready, stored);
    return outcomes;
  }

  private static ReportOutcome outcome(ReadyReport report, StoreOutcome outcome) {
    return switch (outcome) {
      case StoreOutcome.Refused(Rejected why) -> why;
      case StoreOutcome.AlreadyStored(boolean sameContent) ->
          new Duplicate(
              sameContent
                  ? Deviations.NONE
                  : Deviations.NONE.plus(Deviation.CONFLICTING_DUPLICATE));
      case StoreOutcome.Stored stored -> report.accepted(stored);
    };
  }

  /** Shows what was committed. The reports are stored, so no failure here may reject the mail. */
  private void publishCatchingAll(
      Envelope mail, List<ReadyReport> ready, List<StoreOutcome> stored) {
    Timing timing = meters.time(IntakeStep.PUBLISH);
    try {
      for (int i = 0; i < stored.size(); i++) {
        if (stored.get(i) instanceof StoreOutcome.Stored one) {
          publish(mail, ready.get(i), one);
        }
      }
    } catch (Throwable e) {
      LOGGER.error("Reports are stored, but their domains cannot be shown", e);
    } finally {
      timing.close();
    }
  }

  private void publish(Envelope mail, ReadyReport report, StoreOutcome.Stored stored) {
    shown.show(report.contributions().stream().map(Contribution::domain).toList());
    shown.giveWay(stored.gaveWay());
    DomainName reporter = report.report().received().reporter();
    knownKeys.accepted(OrganisationalDomain.of(reporter));
    deliveries.delivered(reporter, mail.arrival());
  }
}
