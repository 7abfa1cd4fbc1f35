// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.checks.judgement;

import io.tlsrpt.figures.posture.PublishedPolicy;
import io.tlsrpt.figures.posture.Seen;
import io.tlsrpt.figures.posture.Times;
import io.tlsrpt.report.DomainName;
import io.tlsrpt.report.MtaStsMode;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.stream.Collectors;

/** Judges whether reporters see the policy mode that is published. */
public final class DriftJudgement {
  /** Reports lag by a day, and need another one to be sent. */
  private static final Duration LAG = Duration.ofDays(2);

  private static final int MAX_NAMES = 5;

  private DriftJudgement() {}

  /** Judges a policy that two looks have seen. */
  public static Seen judge(PublishedPolicy policy, ReportedFacts facts, Instant now) {
    return switch (policy.mode()) {
      case ABSENT -> Seen.absent("no MTA-STS policy");
      case UNKNOWN -> Seen.unknown("the published mode is not known");
      case ENFORCE, TESTING, NONE -> judgeKnown(policy, facts, now);
    };
  }

  private static Seen judgeKnown(PublishedPolicy policy, ReportedFacts facts, Instant now) {
    MtaStsMode published = MtaStsMode.valueOf(policy.mode().name());
    if (facts.votedMode() == MtaStsMode.UNKNOWN) {
      return Seen.unknown("no reporter says which mode it saw");
    }
    boolean settled = policy.since().filter(since -> !since.plus(LAG).isAfter(now)).isPresent();
    if (facts.votedMode() == published) {
      return Seen.OK;
    }
    return settled
        ? Seen.failing(words(policy, published, facts))
        : Seen.unknown("the published mode is new: reports speak of the days before");
  }

  private static String words(PublishedPolicy policy, MtaStsMode published, ReportedFacts facts) {
    String who =
        facts.sawOtherThan(published).stream()
            .limit(MAX_NAMES)
            .map(DomainName::value)
            .collect(Collectors.joining(", "));
    String until =
        policy
            .since()
            .map(
                since ->
                    ", which their older copy allows until "
                        + Times.day(since.plus(policy.maxAge())))
            .orElse("");
    return String.format(
        Locale.ROOT,
        "the policy has mode %s, reporters see %s%s%s",
        published.key(),
        facts.votedMode().key(),
        who.isEmpty() ? "" : " (" + who + ")",
        until);
  }
}
