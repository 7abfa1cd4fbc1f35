// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.figures;

import io.tlsrpt.report.DomainName;
import io.tlsrpt.report.MtaStsMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
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
      List<Map.Entry<DomainName, ReporterState>> reporters,
      UnaryOperator<DomainName> organisationOf) {
    List<Map.Entry<DomainName, ReporterState>> voters = voters(reporters);
    EnumSet<MtaStsMode> modes = EnumSet.noneOf(MtaStsMode.class);
    voters.forEach(voter -> modes.add(voter.getValue().mode()));
    // If all voters agree, as they mostly do, their organisations need not be looked up.
    return modes.size() > 1
        ? winner(votes(voters, organisationOf))
        : modes.stream().findFirst().orElse(MtaStsMode.UNKNOWN);
  }

  /** Those that saw a policy; of these the established ones, if there are any. */
  private static List<Map.Entry<DomainName, ReporterState>> voters(
      List<Map.Entry<DomainName, ReporterState>> reporters) {
    List<Map.Entry<DomainName, ReporterState>> voters = new ArrayList<>(reporters);
    voters.removeIf(reporter -> reporter.getValue().mode() == MtaStsMode.UNKNOWN);
    List<Map.Entry<DomainName, ReporterState>> established = new ArrayList<>(voters);
    established.removeIf(reporter -> !reporter.getValue().isEstablished());
    return established.isEmpty() ? voters : established;
  }

  private static Map<MtaStsMode, Long> votes(
      List<Map.Entry<DomainName, ReporterState>> voters, UnaryOperator<DomainName> organisationOf) {
    return voters.stream()
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
