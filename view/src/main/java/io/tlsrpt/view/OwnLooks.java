// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.view;

import io.tlsrpt.figures.DomainFigures;
import io.tlsrpt.figures.FailureFigures;
import io.tlsrpt.figures.posture.Judgement;
import io.tlsrpt.figures.posture.MxPosture;
import io.tlsrpt.figures.posture.Posture;
import io.tlsrpt.figures.posture.PostureBlockers;
import io.tlsrpt.figures.posture.Postures;
import io.tlsrpt.figures.posture.Postures.Level;
import io.tlsrpt.figures.posture.Reported;
import io.tlsrpt.figures.posture.Verdict;
import io.tlsrpt.figures.posture.Verdicts;
import io.tlsrpt.report.DomainName;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What the receiver's own looks add to what reports say. */
public final class OwnLooks {
  private static final Set<Level> LEVELS_OF_HOSTS = EnumSet.of(Level.OWN_MX, Level.MX);

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
        .orElseGet(() -> notLookedAt(domain.domain(), postures));
  }

  private static Judgement notLookedAt(DomainName domain, Postures postures) {
    if (postures.levels().isEmpty()) {
      return without(Verdict.OFF, "not looked at: checks is off");
    }
    if (!postures.ownHosts().contains(domain)) {
      return without(Verdict.OFF, "not looked at: only domains that are ours by exact name are");
    }
    return postures.levels().stream().anyMatch(LEVELS_OF_HOSTS::contains)
        ? without(
            Verdict.UNKNOWN,
            "nothing is known of this MX host: it was not looked at yet since the server's start, is"
                + " known by another name, or is no MX host any more")
        : without(Verdict.OFF, "not looked at: checks=own-mx, or mx would show it");
  }

  private static Judgement without(Verdict verdict, String why) {
    return new Judgement(verdict, List.of(why), Optional.empty());
  }
}
