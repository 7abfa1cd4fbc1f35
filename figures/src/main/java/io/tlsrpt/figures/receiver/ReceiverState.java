// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.figures.receiver;

import static java.util.Objects.requireNonNull;

import io.tlsrpt.figures.EnumMaps;
import io.tlsrpt.report.Deviation;
import io.tlsrpt.report.Deviations;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the receiver has done since it started. Law: {@code received = accepted + duplicate +
 * rejected + deferred}, always. Alert when {@code rejections} of {@code malformed}, {@code
 * decompression} or {@code internal} rise: reports are being lost to trouble.
 *
 * @param received reports taken up; a mail in which none can be read counts as one
 * @param deferrals reports that wait now, by what they wait for; a mail counts as one until it is
 *     read
 * @param deviations reports by what had to be tolerated in them
 */
public record ReceiverState(
    Instant startTime,
    long received,
    long accepted,
    long duplicate,
    Map<RejectionReason, Long> rejections,
    Map<DeferralReason, Long> deferrals,
    Map<Deviation, Long> deviations,
    Optional<Instant> lastReportTime) {
  public ReceiverState {
    requireNonNull(startTime, "startTime");
    requireNonNull(lastReportTime, "lastReportTime");
    rejections = EnumMaps.copyOf(RejectionReason.class, rejections);
    deferrals = EnumMaps.copyOf(DeferralReason.class, deferrals);
    deviations = EnumMaps.copyOf(Deviation.class, deviations);
  }

  public static ReceiverState startedAt(Instant startTime) {
    return new ReceiverState(startTime, 0, 0, 0, Map.of(), Map.of(), Map.of(), Optional.empty());
  }

  public long rejected() {
    return sum(rejections);
  }

  public long rejected(RejectionReason reason) {
    return rejections.getOrDefault(reason, 0L);
  }

  /** Reports that wait now. */
  public long deferred() {
    return sum(deferrals);
  }

  /** Reports that wait now for this. */
  public long deferred(DeferralReason reason) {
    return deferrals.getOrDefault(reason, 0L);
  }

  /** Reports in which a deviation had to be tolerated. */
  public long deviating(Deviation kind) {
    return deviations.getOrDefault(kind, 0L);
  }

  private static long sum(Map<?, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  /** A report has been taken up, with this outcome. */
  public ReceiverState plus(ReportOutcome outcome, Instant receivedAt) {
    ReceiverState next = withReceived(received + 1);
    return switch (outcome) {
      case ReportOutcome.Accepted(Deviations tolerated, String detail) ->
          next.withAccepted(accepted + 1, receivedAt).withTolerated(tolerated);
      case ReportOutcome.Duplicate(Deviations tolerated) ->
          next.withDuplicate(duplicate + 1).withTolerated(tolerated);
      case ReportOutcome.Rejected(RejectionReason reason, String detail) ->
          next.withRejections(
              EnumMaps.incremented(RejectionReason.class, rejections, Set.of(reason)));
      case ReportOutcome.Deferred(DeferralReason reason, String detail) ->
          next.withDeferrals(EnumMaps.incremented(DeferralReason.class, deferrals, Set.of(reason)));
    };
  }

  /**
   * The state when a deferred report waits no longer; its outcome is to be added by {@link #plus}.
   */
  public ReceiverState minusDeferred(DeferralReason reason) {
    if (deferred(reason) == 0) {
      return this;
    }
    Map<DeferralReason, Long> fewer = new EnumMap<>(DeferralReason.class);
    fewer.putAll(deferrals);
    fewer.computeIfPresent(reason, (r, count) -> count > 1 ? count - 1 : null);
    return withReceived(received - 1).withDeferrals(fewer);
  }

  private ReceiverState withReceived(long count) {
    return new ReceiverState(
        startTime, count, accepted, duplicate, rejections, deferrals, deviations, lastReportTime);
  }

  private ReceiverState withAccepted(long count, Instant receivedAt) {
    Optional<Instant> last =
        lastReportTime.filter(time -> time.isAfter(receivedAt)).or(() -> Optional.of(receivedAt));
    return new ReceiverState(
        startTime, received, count, duplicate, rejections, deferrals, deviations, last);
  }

  private ReceiverState withDuplicate(long count) {
    return new ReceiverState(
        startTime, received, accepted, count, rejections, deferrals, deviations, lastReportTime);
  }

  private ReceiverState withRejections(Map<RejectionReason, Long> counts) {
    return new ReceiverState(
        startTime, received, accepted, duplicate, counts, deferrals, deviations, lastReportTime);
  }

  private ReceiverState withDeferrals(Map<DeferralReason, Long> counts) {
    return new ReceiverState(
        startTime, received, accepted, duplicate, rejections, counts, deviations, lastReportTime);
  }

  private ReceiverState withTolerated(Deviations tolerated) {
    return new ReceiverState(
        startTime,
        received,
        accepted,
        duplicate,
        rejections,
        deferrals,
        EnumMaps.incremented(Deviation.class, deviations, tolerated.kinds()),
        lastReportTime);
  }
}
