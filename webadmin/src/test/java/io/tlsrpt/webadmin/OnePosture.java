// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.webadmin;

import io.tlsrpt.figures.FailureKind;
import io.tlsrpt.figures.posture.CheckState;
import io.tlsrpt.figures.posture.DomainCheck;
import io.tlsrpt.figures.posture.MxCheck;
import io.tlsrpt.figures.posture.MxPosture;
import io.tlsrpt.figures.posture.Posture;
import io.tlsrpt.figures.posture.Postures;
import io.tlsrpt.figures.posture.PublishedMode;
import io.tlsrpt.figures.posture.PublishedPolicy;
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

/**
 * One domain in mode enforce with one MX host whose certificate has a fault; looked at twice.
 *
 * @param fault in the words of whoever runs the host
 */
record OnePosture(DomainName only, String mx, String fault) implements Postures {
  static final Instant LOOKED = Instant.parse("2026-11-25T09:30:00Z");

  private Posture posture() {
    Map<DomainCheck, CheckState> checks = new EnumMap<>(DomainCheck.class);
    for (DomainCheck check : DomainCheck.values()) {
      checks.put(check, twice(Seen.OK));
    }
    checks.put(DomainCheck.DANE, twice(Seen.absent("no TLSA records")));
    checks.put(DomainCheck.TLSRPT_RECORD, twice(Seen.OK.noting(List.of(fault))));
    return new Posture(
        only,
        checks,
        new PublishedPolicy(
            PublishedMode.ENFORCE, "20261101", Duration.ofDays(7), List.of(mx), Optional.empty()),
        List.of(new Posture.MxRecord(10, mx)),
        Optional.of(Instant.parse("2027-01-01T00:00:00Z")),
        Optional.of(LOOKED),
        Optional.of(LOOKED.plus(Duration.ofHours(12))));
  }

  private MxPosture host() {
    Map<MxCheck, CheckState> checks = new EnumMap<>(MxCheck.class);
    for (MxCheck check : MxCheck.values()) {
      checks.put(check, twice(Seen.OK));
    }
    checks.put(MxCheck.CERTIFICATE, twice(Seen.failing(fault, FailureKind.CERTIFICATE_EXPIRED)));
    return new MxPosture(
        mx,
        1,
        checks,
        Optional.of(
            new MxPosture.Tls(
                "192.0.2.25", "TLSv1.3", Instant.parse("2026-11-20T00:00:00Z"), "Example CA")),
        Optional.of(LOOKED));
  }

  private static CheckState twice(Seen seen) {
    return CheckState.before(Seen.NOT_YET, LOOKED.minus(Duration.ofHours(2)))
        .after(seen, LOOKED.minus(Duration.ofHours(1)))
        .after(seen, LOOKED);
  }

  @Override
  public Set<Level> levels() {
    return Set.of(Level.DNS, Level.POLICY, Level.OWN_MX);
  }

  @Override
  public Optional<Posture> domain(DomainName domain) {
    return domain.equals(only) ? Optional.of(posture()) : Optional.empty();
  }

  @Override
  public Collection<Posture> domains() {
    return List.of(posture());
  }

  @Override
  public Optional<MxPosture> host(String host) {
    return host.equals(mx) ? Optional.of(host()) : Optional.empty();
  }

  @Override
  public Collection<MxPosture> hosts() {
    return List.of(host());
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
    return Optional.of(true);
  }

  @Override
  public Optional<Instant> lastLook() {
    return Optional.of(LOOKED);
  }

  @Override
  public Optional<Posture> look(DomainName domain) {
    return domain(domain);
  }
}
