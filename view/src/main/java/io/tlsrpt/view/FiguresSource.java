// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.view;

import io.tlsrpt.figures.DomainFigures;
import io.tlsrpt.figures.DomainState;
import io.tlsrpt.figures.FiguresRules;
import io.tlsrpt.figures.history.ReportHistory;
import io.tlsrpt.figures.posture.Postures;
import io.tlsrpt.figures.receiver.StepDuration;
import io.tlsrpt.figures.receiver.TlsDelivery;
import io.tlsrpt.report.DomainName;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Where figures come from. It is asked whenever a bean is read, by many threads at once, and must
 * answer at once, {@link #history} excepted.
 */
public interface FiguresSource {

  /** The time at which figures are taken. */
  Instant now();

  /** The rules by which figures are computed. */
  FiguresRules rules();

  /** The newest states of the domains that are ours and have reports, in any order. */
  Collection<DomainState> domains();

  /** The newest state of a domain. */
  DomainState domain(DomainName domain);

  /** A domain's figures now, with what its posture has against mode enforce. */
  default DomainFigures figures(DomainState domain) {
    return OwnLooks.over(domain.figures(now(), rules()), this);
  }

  /**
   * The domains that are ours by exact name and have a dot in theirs, with reports or without; at
   * most as many as are monitored.
   */
  Collection<DomainName> named();

  /** Whether reports about a domain count, by name or by pattern. */
  boolean isOurs(DomainName domain);

  /** What the receiver sees when it looks for itself. */
  Postures postures();

  /**
   * Whether this server committed the newest state of a domain. Of several servers that share a
   * database, at most one did: it is the one to tell others of the domain. A server alone always
   * did.
   */
  default boolean isOwn(DomainName domain) {
    return true;
  }

  /** The receiver as it is now. */
  ReceiverFigures receiver();

  /** Served domains of which no report has ever come, in any order. */
  Collection<DomainName> neverReported();

  /** How long the receiver's steps take; steps that are not measured are left out. */
  List<StepDuration> stepDurations();

  /** The last rejected reports since the start, the last one first; at most 100. */
  List<RejectedMail> lastRejections();

  /** The mails that wait, the oldest first; at most 100. */
  List<WaitingMail> waiting();

  /** The last report of a reporter that came over TLS; empty if none is known. */
  default Optional<TlsDelivery> lastDelivery(DomainName reporter) {
    return Optional.empty();
  }

  /** The reports that are kept: always the same object. */
  ReportHistory history();
}
