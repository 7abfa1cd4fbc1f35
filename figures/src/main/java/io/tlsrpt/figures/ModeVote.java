// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.figures;

import io.tlsrpt.report.DomainName;
import io.tlsrpt.report.MtaStsMode;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * Which MTA-STS mode a domain has, by the word of its reporters. Anyone may become a reporter,
 * under as many names as he likes: so an organisation has one vote, and newcomers have none where
 * others have been heard of for days.
 */
final class ModeVote {
  /** Of several reporters of an organisation the one with the most mail votes. */
  private static final Comparator<ReporterState> WEIGHT =
      Comparator.comparingLong(ReporterState::sessionsOnNewestDay)
          .thenComparing(ReporterState::mode);

  private ModeVote() {}

  /**
   * The mode with the most votes, at a tie the stricter; unknown if nobody votes.
   *
   * @param reporters of the domain that were heard of lately, by name
   */
  static MtaStsMode of(
      Map<DomainName, ReporterState> reporters, UnaryOperator<DomainName> organisationOf) {
    Map<DomainName, ReporterState> voters = voters(reporters);
    List<MtaStsMode> modes = voters.values().stream().map(ReporterState::mode).distinct().toList();
    // If all voters agree, as they mostly do, their organisations need not be looked up.
    return modes.size() > 1
        ? winner(votes(voters, organisationOf))
        : modes.stream().findFirst().orElse(MtaStsMode.UNKNOWN);
  }

  /** Those that saw a policy; of these the established ones, if there are any. */
  private static Map<DomainName, ReporterState> voters(Map<DomainName, ReporterState> reporters) {
    Map<DomainName, ReporterState> voters = new HashMap<>(reporters);
    voters.values().removeIf(reporter -> reporter.mode() == MtaStsMode.UNKNOWN);
    if (voters.values().stream().anyMatch(ReporterState::isEstablished)) {
      voters.values().removeIf(reporter -> !reporter.isEstablished());
    }
    return voters;
  }

  private static Map<MtaStsMode, Long> votes(
      Map<DomainName, ReporterState> voters, UnaryOperator<DomainName> organisationOf) {
    return voters.entrySet().stream()
        .collect(
            Collectors.toMap(
                voter -> organisationOf.apply(voter.getKey()),
                Map.Entry::getValue,
                BinaryOperator.maxBy(WEIGHT)))
        .values()
        .stream()
        .map(ReporterState::mode)
        .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
  }

  private static MtaStsMode winner(Map<MtaStsMode, Long> votes) {
    return votes.entrySet().stream()
        .max(Map.Entry.<MtaStsMode, Long>comparingByValue().thenComparing(Map.Entry::getKey))
        .map(Map.Entry::getKey)
        .orElseThrow();
  }
}
