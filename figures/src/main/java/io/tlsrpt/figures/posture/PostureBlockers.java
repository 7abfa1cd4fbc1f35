// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.figures.posture;

import io.tlsrpt.report.MtaStsMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What stands against mode enforce by what this server sees itself. Only what is known blocks: a
 * check that is off, or could not be looked at, does not.
 */
public final class PostureBlockers {
  private PostureBlockers() {}

  /**
   * In words, each with what it is about.
   *
   * @param hosts the postures of its MX hosts that are known
   * @param seenMode the mode by vote of the reporters
   */
  public static List<String> of(
      Posture posture, Map<String, MxPosture> hosts, MtaStsMode seenMode) {
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
    posture.mxHosts().stream()
        .flatMap(mx -> Optional.ofNullable(hosts.get(mx.host())).stream())
        .forEach(host -> blockers.addAll(ofHost(host)));
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

  private static List<String> ofHost(MxPosture host) {
    List<String> blockers = new ArrayList<>();
    for (MxCheck check :
        List.of(MxCheck.STARTTLS, MxCheck.CERTIFICATE, MxCheck.CERTIFICATE_LASTS)) {
      if (host.check(check).status() == CheckStatus.FAILING) {
        host.check(check)
            .shown()
            .faults()
            .forEach(words -> blockers.add(host.host() + ": " + words));
      }
    }
    return blockers;
  }
}
