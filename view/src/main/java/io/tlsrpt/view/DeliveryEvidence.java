// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.view;

import io.tlsrpt.figures.FailureFigures;
import io.tlsrpt.figures.FailureKind;
import io.tlsrpt.figures.posture.Judgement;
import io.tlsrpt.figures.posture.Times;
import io.tlsrpt.figures.receiver.TlsDelivery;
import io.tlsrpt.report.DomainName;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * What the delivery of a report shows. If the report came over TLS after the failure, STARTTLS
 * works for whoever handed it over: the reporter that tells of the failure, or a relay of ours. No
 * look from this server can show that. It says nothing of the certificate, since senders deliver
 * reports whatever the certificate is.
 */
final class DeliveryEvidence {
  private static final Set<FailureKind> SHOWN =
      EnumSet.of(FailureKind.STARTTLS_NOT_SUPPORTED, FailureKind.VALIDATION_FAILURE);

  private DeliveryEvidence() {}

  /** A judgement with the line that says so, if there is something to say. */
  static Judgement beside(
      Judgement judgement,
      FailureFigures failure,
      Function<DomainName, Optional<TlsDelivery>> lastDelivery) {
    return SHOWN.contains(failure.kind())
        ? failure.reporters().stream()
            .flatMap(
                reporter ->
                    lastDelivery.apply(reporter).stream().map(its -> Map.entry(reporter, its)))
            .filter(its -> isAfter(its.getValue(), failure))
            .max(Comparator.comparing(its -> its.getValue().at()))
            .map(its -> with(judgement, line(its.getKey(), its.getValue())))
            .orElse(judgement)
        : judgement;
  }

  private static boolean isAfter(TlsDelivery delivery, FailureFigures failure) {
    return delivery.at().atZone(ZoneOffset.UTC).toLocalDate().isAfter(failure.lastSeen());
  }

  private static String line(DomainName reporter, TlsDelivery delivery) {
    return "%s: a report of %s came to this server over %s; that says nothing of certificates, nor of other MX hosts"
        .formatted(Times.at(delivery.at()), reporter, delivery.protocol());
  }

  private static Judgement with(Judgement judgement, String line) {
    List<String> evidence =
        new ArrayList<>(judgement.evidence().stream().limit(Judgement.MAX_EVIDENCE - 1).toList());
    evidence.add(line);
    return new Judgement(judgement.verdict(), evidence, judgement.lookedAt());
  }
}
