// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.figures.posture;

import io.tlsrpt.report.MtaStsMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What stands against mode enforce by what this server sees itself. Only what is known blocks: a
 * check that is off, or could not be looked at, does not.
 */
public final class PostureBlockers {
  private static final List<MxCheck> OF_HOST =
      List.of(MxCheck.STARTTLS, MxCheck.CERTIFICATE, MxCheck.CERTIFICATE_LASTS);

  private PostureBlockers() {}

  /**
   * In words, each with what it is about.
   *
   * @param hosts the posture of an MX host, if it is known
   * @param seenMode the mode by vote of the reporters
   */
  public static List<String> of(
      Posture posture, Function<String, Optional<MxPosture>> hosts, MtaStsMode seenMode) {
    List<String> blockers = new ArrayList<>();
    CheckState policy = posture.check(DomainCheck.MTA_STS);
    if (policy.status() == CheckStatus.FAILING) {
      policy
          .shown()
          .faults()
          .forEach(words -> blockers.add("the published policy cannot be used: " + words));
    }
    otherMode(posture.policy(), seenMode).ifPresent(blockers::add);
    CheckState coverage = posture.check(DomainCheck.MX);
    if (coverage.status() == CheckStatus.FAILING) {
      blockers.addAll(coverage.shown().faults());
    }
    for (Posture.MxRecord mx : posture.mxHosts()) {
      hosts.apply(mx.host()).ifPresent(host -> add(host, blockers));
    }
    return List.copyOf(blockers);
  }

  private static Optional<String> otherMode(PublishedPolicy policy, MtaStsMode seen) {
    boolean differs =
        policy.isInForce()
            && policy.since().isPresent()
            && seen != MtaStsMode.UNKNOWN
            && !policy.mode().key().equals(seen.key());
    return differs
        ? policy
            .since()
            .map(
                since ->
                    "the policy published since %s has mode %s; reporters see %s"
                        .formatted(Times.day(since), policy.mode().key(), seen.key()))
        : Optional.empty();
  }

  private static void add(MxPosture host, List<String> blockers) {
    for (MxCheck check : OF_HOST) {
      if (host.check(check).status() == CheckStatus.FAILING) {
        host.check(check)
            .shown()
            .faults()
            .forEach(words -> blockers.add(host.host() + ": " + words));
      }
    }
  }
}
