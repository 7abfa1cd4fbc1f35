// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.view;

import io.tlsrpt.figures.DomainFigures;
import io.tlsrpt.figures.FailureFigures;
import io.tlsrpt.figures.posture.Judgement;
import io.tlsrpt.figures.posture.MxPosture;
import io.tlsrpt.figures.posture.Posture;
import io.tlsrpt.figures.posture.PostureBlockers;
import io.tlsrpt.figures.posture.Postures;
import io.tlsrpt.figures.posture.Reported;
import io.tlsrpt.figures.posture.Verdict;
import io.tlsrpt.figures.posture.Verdicts;
import io.tlsrpt.report.DomainName;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What the receiver's own looks add to what reports say. */
public final class OwnLooks {
  private OwnLooks() {}

  /** A domain's figures with what its posture has against mode enforce. */
  static DomainFigures over(DomainFigures domain, FiguresSource source) {
    Postures postures = source.postures();
    return postures
        .domain(domain.domain())
        .map(posture -> PostureBlockers.of(posture, postures::host, domain.mode()))
        .map(domain::withBlockers)
        .orElse(domain);
  }

  /** The MX hosts of a domain that are known, by name. */
  public static Map<String, MxPosture> hosts(Posture posture, Postures postures) {
    return posture.mxHosts().stream()
        .flatMap(mx -> postures.host(mx.host()).stream())
        .collect(Collectors.toUnmodifiableMap(MxPosture::host, host -> host, (one, same) -> one));
  }

  /** What they say of a failure that reporters tell of; its domain may be an MX host. */
  static Judgement judge(
      DomainFigures domain, FailureFigures failure, Postures postures, Instant now) {
    return postures
        .domain(domain.domain())
        .map(posture -> new Verdicts(posture, hosts(posture, postures), now))
        .or(() -> postures.host(domain.domain().value()).map(host -> Verdicts.ofMxHost(host, now)))
        .map(verdicts -> verdicts.judge(Reported.of(failure, domain.reporters(), domain.mode())))
        .orElseGet(
            () ->
                new Judgement(
                    Verdict.OFF, List.of(whyNot(domain.domain(), postures)), Optional.empty()));
  }

  private static String whyNot(DomainName domain, Postures postures) {
    if (postures.levels().isEmpty()) {
      return "not looked at: checks is off";
    }
    return postures.ownHosts().contains(domain)
        ? "not looked at: checks=own-mx, or mx would show it"
        : "not looked at: only domains that are ours by exact name are";
  }
}
