// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.checks.judgement;

import static java.util.Objects.requireNonNull;

import io.tlsrpt.figures.posture.MxCheck;
import io.tlsrpt.figures.posture.MxPosture;
import io.tlsrpt.figures.posture.Seen;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What one look saw of an MX host: of one of its addresses, or of all of them. */
public record HostSight(Map<MxCheck, Seen> checks, Optional<MxPosture.Tls> tls) {
  public HostSight {
    checks = Collections.unmodifiableMap(new EnumMap<>(checks));
    requireNonNull(tls, "tls");
  }

  /** The same of all checks. */
  public static HostSight all(Seen seen) {
    Map<MxCheck, Seen> checks = new EnumMap<>(MxCheck.class);
    for (MxCheck check : MxCheck.values()) {
      checks.put(check, seen);
    }
    return new HostSight(checks, Optional.empty());
  }

  /** What was seen of one check. */
  public Seen check(MxCheck check) {
    return requireNonNull(checks.get(check), "a sight has all checks");
  }

  /**
   * What several addresses show together: failing if one is; where one is good, another that could
   * not be looked at is a note.
   */
  public static HostSight worst(List<HostSight> addresses) {
    Map<MxCheck, Seen> checks = new EnumMap<>(MxCheck.class);
    for (MxCheck check : MxCheck.values()) {
      checks.put(
          check,
          addresses.stream()
              .map(sight -> sight.check(check))
              .reduce(HostSight::worse)
              .orElse(Seen.OFF));
    }
    return new HostSight(
        checks,
        addresses.stream()
            .flatMap(sight -> sight.tls().stream())
            .min(Comparator.comparing(MxPosture.Tls::certificateExpires)));
  }

  private static Seen worse(Seen one, Seen other) {
    return rank(one) <= rank(other) ? one.and(other) : other.and(one);
  }

  private static int rank(Seen seen) {
    return switch (seen.status()) {
      case FAILING -> 0;
      case OK -> 1;
      case ABSENT -> 2;
      case UNKNOWN, OFF, NOT_YET -> 3;
    };
  }
}
