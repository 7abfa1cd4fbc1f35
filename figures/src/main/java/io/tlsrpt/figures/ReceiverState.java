// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.figures;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the receiver has done since it started. Law: at any quiet moment {@code received = accepted
 * + duplicate + rejected}. Alert when {@code rejections} of {@code malformed}, {@code
 * decompression} or {@code internal} rise: reports are being lost to trouble.
 *
 * @param received reports taken up; a mail in which none can be read counts as one
 */
public record ReceiverState(
    Instant startTime,
    long received,
    long accepted,
    long duplicate,
    Map<RejectionReason, Long> rejections,
    Optional<Instant> lastReportTime) {
  public ReceiverState {
    requireNonNull(startTime, "startTime");
    requireNonNull(lastReportTime, "lastReportTime");
    rejections = EnumMaps.copyOf(RejectionReason.class, rejections);
  }

  public static ReceiverState startedAt(Instant startTime) {
    return new ReceiverState(startTime, 0, 0, 0, Map.of(), Optional.empty());
  }

  public long rejected() {
    return rejections.values().stream().mapToLong(Long::longValue).sum();
  }

  public long rejected(RejectionReason reason) {
    return rejections.getOrDefault(reason, 0L);
  }

  /** A report has been taken up; its outcome follows. */
  public ReceiverState taken() {
    return new ReceiverState(
        startTime, received + 1, accepted, duplicate, rejections, lastReportTime);
  }

  /** A report that was taken up has been judged. */
  public ReceiverState judged(ReportOutcome outcome, Instant receivedAt) {
    return switch (outcome) {
      case ReportOutcome.Accepted a ->
          new ReceiverState(
              startTime, received, accepted + 1, duplicate, rejections, Optional.of(receivedAt));
      case ReportOutcome.Duplicate d ->
          new ReceiverState(
              startTime, received, accepted, duplicate + 1, rejections, lastReportTime);
      case ReportOutcome.Rejected(RejectionReason reason, String detail) -> {
        EnumMap<RejectionReason, Long> more = new EnumMap<>(RejectionReason.class);
        more.putAll(rejections);
        more.merge(reason, 1L, Long::sum);
        yield new ReceiverState(startTime, received, accepted, duplicate, more, lastReportTime);
      }
    };
  }
}
