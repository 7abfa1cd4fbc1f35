// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.figures;

import static java.util.Objects.requireNonNull;

import io.tlsrpt.report.Deviation;
import io.tlsrpt.report.Deviations;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the receiver has done since it started. Law: at any quiet moment {@code received = accepted
 * + duplicate + rejected}. Alert when {@code rejections} of {@code malformed}, {@code
 * decompression} or {@code internal} rise: reports are being lost to trouble.
 *
 * @param received reports taken up; a mail in which none can be read counts as one
 * @param deviations reports by what had to be tolerated in them
 */
public record ReceiverState(
    Instant startTime,
    long received,
    long accepted,
    long duplicate,
    Map<RejectionReason, Long> rejections,
    Map<Deviation, Long> deviations,
    Optional<Instant> lastReportTime) {
  public ReceiverState {
    requireNonNull(startTime, "startTime");
    requireNonNull(lastReportTime, "lastReportTime");
    rejections = EnumMaps.copyOf(RejectionReason.class, rejections);
    deviations = EnumMaps.copyOf(Deviation.class, deviations);
  }

  public static ReceiverState startedAt(Instant startTime) {
    return new ReceiverState(startTime, 0, 0, 0, Map.of(), Map.of(), Optional.empty());
  }

  public long rejected() {
    return rejections.values().stream().mapToLong(Long::longValue).sum();
  }

  public long rejected(RejectionReason reason) {
    return rejections.getOrDefault(reason, 0L);
  }

  /** Reports in which a deviation had to be tolerated. */
  public long deviating(Deviation kind) {
    return deviations.getOrDefault(kind, 0L);
  }

  /** A report has been taken up; its outcome follows. */
  public ReceiverState taken() {
    return new ReceiverState(
        startTime, received + 1, accepted, duplicate, rejections, deviations, lastReportTime);
  }

  /** A report that was taken up has been judged. */
  public ReceiverState judged(ReportOutcome outcome, Instant receivedAt) {
    return switch (outcome) {
      case ReportOutcome.Accepted(Deviations tolerated) ->
          new ReceiverState(
              startTime,
              received,
              accepted + 1,
              duplicate,
              rejections,
              EnumMaps.incremented(Deviation.class, deviations, tolerated.kinds()),
              lastReportTime
                  .filter(last -> last.isAfter(receivedAt))
                  .or(() -> Optional.of(receivedAt)));
      case ReportOutcome.Duplicate(Deviations tolerated) ->
          new ReceiverState(
              startTime,
              received,
              accepted,
              duplicate + 1,
              rejections,
              EnumMaps.incremented(Deviation.class, deviations, tolerated.kinds()),
              lastReportTime);
      case ReportOutcome.Rejected(RejectionReason reason, String detail) ->
          new ReceiverState(
              startTime,
              received,
              accepted,
              duplicate,
              EnumMaps.incremented(RejectionReason.class, rejections, Set.of(reason)),
              deviations,
              lastReportTime);
    };
  }
}
