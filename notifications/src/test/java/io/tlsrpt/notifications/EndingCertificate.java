// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.notifications;

import io.tlsrpt.figures.posture.CheckState;
import io.tlsrpt.figures.posture.LookRefusedException;
import io.tlsrpt.figures.posture.MxCheck;
import io.tlsrpt.figures.posture.MxPosture;
import io.tlsrpt.figures.posture.Posture;
import io.tlsrpt.figures.posture.Postures;
import io.tlsrpt.figures.posture.Seen;
import io.tlsrpt.report.DomainName;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One MX host, whose certificate ends soon. */
record EndingCertificate(String host, Instant ends) implements Postures {
  private MxPosture posture() {
    Instant looked = ends.minus(Duration.ofDays(6));
    Seen ending = Seen.failing("the certificate ends soon");
    Map<MxCheck, CheckState> checks = new EnumMap<>(MxCheck.class);
    for (MxCheck check : MxCheck.values()) {
      checks.put(check, CheckState.before(Seen.OK, looked));
    }
    checks.put(
        MxCheck.CERTIFICATE_LASTS,
        CheckState.before(Seen.NOT_YET, looked)
            .after(ending, looked)
            .after(ending, looked.plus(Duration.ofHours(1))));
    return new MxPosture(
        host,
        3,
        checks,
        Optional.of(new MxPosture.Tls("192.0.2.25", "TLSv1.3", ends, "Example CA")),
        Optional.of(looked));
  }

  @Override
  public Collection<MxPosture> hosts() {
    return List.of(posture());
  }

  @Override
  public Set<Level> levels() {
    return Set.of(Level.DNS, Level.OWN_MX);
  }

  @Override
  public Optional<Posture> domain(DomainName domain) {
    return Optional.empty();
  }

  @Override
  public Collection<Posture> domains() {
    return List.of();
  }

  @Override
  public Optional<MxPosture> host(String name) {
    return name.equals(host) ? Optional.of(posture()) : Optional.empty();
  }

  @Override
  public long hostCount() {
    return 1;
  }

  @Override
  public Set<DomainName> ownHosts() {
    return Set.of();
  }

  @Override
  public Optional<Boolean> resolverValidates() {
    return Optional.empty();
  }

  @Override
  public Optional<Instant> lastLook() {
    return Optional.empty();
  }

  @Override
  public Optional<Posture> look(DomainName domain) throws LookRefusedException {
    return Optional.empty();
  }
}
