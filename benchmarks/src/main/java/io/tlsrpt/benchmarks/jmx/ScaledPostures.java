// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.benchmarks.jmx;

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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What looks saw of many domains, two of five MX hosts each. The certificate of one host has ended,
 * and no domain has TLSA records; all else is good.
 */
final class ScaledPostures implements Postures {
  private static final int MX_HOSTS = 5;

  private final Map<DomainName, Posture> domains = HashMap.newHashMap(10_000);
  private final Map<String, MxPosture> hosts = new HashMap<>();
  private final Instant now;

  ScaledPostures(Collection<DomainName> names, Instant now) {
    this.now = now;
    for (int i = 0; i < MX_HOSTS; i++) {
      hosts.put(host(i), host(i, 2L * names.size() / MX_HOSTS));
    }
    int i = 0;
    for (DomainName name : names) {
      domains.put(name, domain(name, i++));
    }
  }

  private Posture domain(DomainName name, int position) {
    Map<DomainCheck, CheckState> checks = new EnumMap<>(DomainCheck.class);
    for (DomainCheck check : DomainCheck.values()) {
      checks.put(
          check, state(check == DomainCheck.DANE ? Seen.absent("no TLSA records") : Seen.OK));
    }
    return new Posture(
        name,
        checks,
        new PublishedPolicy(
            PublishedMode.ENFORCE, "20260601", Duration.ofDays(7), List.of(), Optional.of(now)),
        List.of(
            new Posture.MxRecord(10, host(position)), new Posture.MxRecord(20, host(position + 1))),
        Optional.of(now.plus(Duration.ofDays(60))),
        Optional.of(now),
        Optional.of(now.plus(Duration.ofHours(12))));
  }

  private static String host(int position) {
    return "mx%d.example.net".formatted(position % MX_HOSTS);
  }

  private MxPosture host(int position, long ofDomains) {
    Map<MxCheck, CheckState> checks = new EnumMap<>(MxCheck.class);
    for (MxCheck check : MxCheck.values()) {
      checks.put(check, state(Seen.OK));
    }
    if (position == 0) {
      checks.put(
          MxCheck.CERTIFICATE,
          state(Seen.failing("the certificate has ended", FailureKind.CERTIFICATE_EXPIRED)));
    }
    return new MxPosture(
        host(position),
        ofDomains,
        checks,
        Optional.of(
            new MxPosture.Tls(
                "192.0.2." + position, "TLSv1.3", now.plus(Duration.ofDays(60)), "Example CA")),
        Optional.of(now));
  }

  private CheckState state(Seen seen) {
    return new CheckState(
        seen.status(), now, seen, new CheckState.Looked(seen, now, now), Optional.empty());
  }

  @Override
  public Set<Level> levels() {
    return Set.of(Level.values());
  }

  @Override
  public Optional<Posture> domain(DomainName domain) {
    return Optional.ofNullable(domains.get(domain));
  }

  @Override
  public Collection<Posture> domains() {
    return domains.values();
  }

  @Override
  public Optional<MxPosture> host(String host) {
    return Optional.ofNullable(hosts.get(host));
  }

  @Override
  public Collection<MxPosture> hosts() {
    return hosts.values();
  }

  @Override
  public long hostCount() {
    return hosts.size();
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
    return Optional.of(now);
  }

  @Override
  public Optional<Posture> look(DomainName domain) {
    return domain(domain);
  }
}
