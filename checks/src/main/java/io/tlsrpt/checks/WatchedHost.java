// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.checks;

import static java.util.Objects.requireNonNull;

import io.tlsrpt.checks.judgement.HostSight;
import io.tlsrpt.figures.posture.CheckState;
import io.tlsrpt.figures.posture.MxCheck;
import io.tlsrpt.figures.posture.MxPosture;
import io.tlsrpt.figures.posture.Seen;
import io.tlsrpt.report.DomainName;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** An MX host over its looks. */
record WatchedHost(DomainName host, MxPosture posture) {
  WatchedHost {
    requireNonNull(host, "host");
    requireNonNull(posture, "posture");
  }

  /** Before its first look. */
  static WatchedHost before(DomainName host, Instant start) {
    Map<MxCheck, CheckState> checks = new EnumMap<>(MxCheck.class);
    for (MxCheck check : MxCheck.values()) {
      checks.put(check, CheckState.before(Seen.NOT_YET, start));
    }
    return new WatchedHost(
        host, new MxPosture(host.value(), 0, checks, Optional.empty(), Optional.empty()));
  }

  /** After one more look. */
  WatchedHost after(HostSight sight, Instant at) {
    Map<MxCheck, CheckState> checks = new EnumMap<>(MxCheck.class);
    for (MxCheck check : MxCheck.values()) {
      checks.put(check, posture.check(check).after(sight.check(check), at));
    }
    return new WatchedHost(
        host,
        new MxPosture(
            posture.host(),
            posture.domains(),
            checks,
            sight.tls().or(posture::tls),
            Optional.of(at)));
  }

  /** The same host, of so many domains. */
  WatchedHost of(long domains) {
    return domains == posture.domains()
        ? this
        : new WatchedHost(
            host,
            new MxPosture(
                posture.host(), domains, posture.checks(), posture.tls(), posture.lastLook()));
  }

  /** A look disagrees with what is shown, so that another one should follow soon. */
  boolean isInDoubt() {
    return posture.checks().values().stream().anyMatch(CheckState::isInDoubt);
  }
}
