// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.jmx;

import io.tlsrpt.figures.FailureKind;
import io.tlsrpt.figures.posture.CheckState;
import io.tlsrpt.figures.posture.DomainCheck;
import io.tlsrpt.figures.posture.LookRefusedException;
import io.tlsrpt.figures.posture.MxCheck;
import io.tlsrpt.figures.posture.MxPosture;
import io.tlsrpt.figures.posture.Posture;
import io.tlsrpt.figures.posture.PostureListener;
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
 * example.com in mode enforce, with one MX host whose certificate has ended; both looked at twice.
 */
final class SamplePostures implements Postures {
  static final String MX = "mx.example.com";
  static final Instant LOOKED = Instant.parse("2026-06-02T14:30:00Z");

  private static final Seen ENDED =
      Seen.failing("[192.0.2.25] it ended on 2026-06-01", FailureKind.CERTIFICATE_EXPIRED);

  private boolean shown;
  private boolean lookedNow;

  /** Tells a listener of both; before that, nothing is looked at. */
  void showIn(PostureListener listener) {
    shown = true;
    listener.changed(posture());
    listener.changed(host());
  }

  Posture posture() {
    Map<DomainCheck, CheckState> checks = new EnumMap<>(DomainCheck.class);
    for (DomainCheck check : DomainCheck.values()) {
      checks.put(check, twice(Seen.OK));
    }
    checks.put(DomainCheck.DANE, twice(Seen.absent("no TLSA records")));
    return new Posture(
        ShownFigures.DOMAIN,
        checks,
        new PublishedPolicy(
            PublishedMode.ENFORCE,
            "20260601",
            Duration.ofDays(7),
            List.of(MX),
            Optional.of(LOOKED.minus(Duration.ofDays(30)))),
        List.of(new Posture.MxRecord(10, MX)),
        Optional.of(Instant.parse("2026-08-01T00:00:00Z")),
        Optional.of(LOOKED),
        Optional.of(LOOKED.plus(Duration.ofHours(12))));
  }

  MxPosture host() {
    Map<MxCheck, CheckState> checks = new EnumMap<>(MxCheck.class);
    for (MxCheck check : MxCheck.values()) {
      checks.put(check, twice(Seen.OK));
    }
    checks.put(MxCheck.CERTIFICATE, twice(ENDED));
    return new MxPosture(
        MX,
        1,
        checks,
        Optional.of(
            new MxPosture.Tls(
                "192.0.2.25", "TLSv1.3", Instant.parse("2026-06-01T00:00:00Z"), "Example CA")),
        Optional.of(LOOKED));
  }

  private static CheckState twice(Seen seen) {
    return CheckState.before(Seen.NOT_YET, LOOKED.minus(Duration.ofHours(2)))
        .after(seen, LOOKED.minus(Duration.ofHours(1)))
        .after(seen, LOOKED);
  }

  @Override
  public Set<Level> levels() {
    return shown ? Set.of(Level.DNS, Level.POLICY, Level.OWN_MX) : Set.of();
  }

  @Override
  public Optional<Posture> domain(DomainName domain) {
    return Optional.of(posture()).filter(posture -> shown && posture.domain().equals(domain));
  }

  @Override
  public Collection<Posture> domains() {
    return shown ? List.of(posture()) : List.of();
  }

  @Override
  public Optional<MxPosture> host(String host) {
    return Optional.of(host()).filter(mx -> shown && mx.host().equals(host));
  }

  @Override
  public Collection<MxPosture> hosts() {
    return shown ? List.of(host()) : List.of();
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
  public Optional<Posture> look(DomainName domain) throws LookRefusedException {
    if (lookedNow) {
      throw new LookRefusedException(domain + " was looked at less than a minute ago");
    }
    lookedNow = true;
    return domain(domain);
  }
}
