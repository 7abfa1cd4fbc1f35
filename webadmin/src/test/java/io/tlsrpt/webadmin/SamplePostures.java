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
 * losing.example in mode enforce, with one MX host whose certificate has ended, and never.example,
 * of which the policy is broken and all else is not known; looked at twice.
 */
final class SamplePostures implements Postures {
  static final String MX = "mx2.losing.example";
  static final Instant LOOKED = SampleFigures.NOW.minus(Duration.ofMinutes(20));

  private static final Seen ENDED =
      Seen.failing("[192.0.2.25] it ended on 2026-11-21", FailureKind.CERTIFICATE_EXPIRED);

  private static Posture losing() {
    Map<DomainCheck, CheckState> checks = new EnumMap<>(DomainCheck.class);
    for (DomainCheck check : DomainCheck.values()) {
      checks.put(check, twice(Seen.OK));
    }
    checks.put(DomainCheck.DANE, twice(Seen.absent("no TLSA records")));
    return new Posture(
        new DomainName("losing.example"),
        checks,
        new PublishedPolicy(
            PublishedMode.ENFORCE,
            "20261101",
            Duration.ofDays(7),
            List.of(MX),
            Optional.of(LOOKED.minus(Duration.ofDays(24)))),
        List.of(new Posture.MxRecord(10, MX)),
        Optional.of(Instant.parse("2027-01-20T00:00:00Z")),
        Optional.of(LOOKED),
        Optional.of(LOOKED.plus(Duration.ofHours(12))));
  }

  private static Posture never() {
    Map<DomainCheck, CheckState> checks = new EnumMap<>(DomainCheck.class);
    for (DomainCheck check : DomainCheck.values()) {
      checks.put(check, twice(Seen.unknown("no answer")));
    }
    checks.put(
        DomainCheck.MTA_STS, twice(Seen.failing("status 404", FailureKind.STS_POLICY_FETCH_ERROR)));
    return new Posture(
        new DomainName("never.example"),
        checks,
        losing().policy(),
        List.of(),
        Optional.empty(),
        Optional.of(LOOKED),
        Optional.of(LOOKED.plus(Duration.ofHours(12))));
  }

  private static MxPosture mx() {
    Map<MxCheck, CheckState> checks = new EnumMap<>(MxCheck.class);
    for (MxCheck check : MxCheck.values()) {
      checks.put(check, twice(Seen.OK));
    }
    checks.put(MxCheck.CERTIFICATE, twice(ENDED));
    checks.put(MxCheck.DANE, twice(Seen.absent("no TLSA records")));
    return new MxPosture(
        MX,
        1,
        checks,
        Optional.of(
            new MxPosture.Tls(
                "192.0.2.25", "TLSv1.3", Instant.parse("2026-11-21T00:00:00Z"), "Example CA")),
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
    return domains().stream().filter(posture -> posture.domain().equals(domain)).findFirst();
  }

  @Override
  public Collection<Posture> domains() {
    return List.of(never(), losing());
  }

  @Override
  public Optional<MxPosture> host(String host) {
    return hosts().stream().filter(mx -> mx.host().equals(host)).findFirst();
  }

  @Override
  public Collection<MxPosture> hosts() {
    return List.of(mx());
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
    return Optional.of(LOOKED);
  }

  @Override
  public Optional<Posture> look(DomainName domain) {
    return domain(domain);
  }
}
