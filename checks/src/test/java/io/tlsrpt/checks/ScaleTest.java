// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.checks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tlsrpt.checks.certificates.CertificateJudge;
import io.tlsrpt.checks.connections.Deadlines;
import io.tlsrpt.checks.connections.DialogueLimits;
import io.tlsrpt.checks.connections.PolicyFetch;
import io.tlsrpt.checks.dns.MailHost;
import io.tlsrpt.checks.dns.MailHosts;
import io.tlsrpt.checks.dns.Questions;
import io.tlsrpt.checks.judgement.HostSight;
import io.tlsrpt.checks.judgement.PolicySight;
import io.tlsrpt.checks.judgement.ReportedFacts;
import io.tlsrpt.checks.records.MtaStsPolicy;
import io.tlsrpt.checks.targets.Reachable;
import io.tlsrpt.figures.posture.CheckStatus;
import io.tlsrpt.figures.posture.DomainCheck;
import io.tlsrpt.figures.posture.Posture;
import io.tlsrpt.figures.posture.PostureListener;
import io.tlsrpt.figures.posture.Postures.Level;
import io.tlsrpt.figures.posture.Seen;
import io.tlsrpt.report.DomainName;
import io.tlsrpt.testing.DnsServer;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.xbill.DNS.Type;

@Tag("slow")
@Timeout(300)
@ExtendWith(NothingLeft.class)
class ScaleTest {
  private static final int DOMAINS = 10_000;
  private static final int MX_HOSTS = 5;
  private static final int MAX_OCTETS_A_DOMAIN = 2_048;
  private static final Duration TICK = Duration.ofMillis(500);
  private static final Instant START = Instant.parse("2026-11-24T12:00:00Z");
  private static final Duration PASS = Duration.ofMinutes(86);

  private final Collection<DomainName> ours =
      IntStream.range(0, DOMAINS).mapToObj(i -> new DomainName("d" + i + ".example.org")).toList();

  private final List<Instant> begun = new ArrayList<>();
  private Instant now = START;

  @Test
  void questionsShouldBeThreeForADomainAndForAnMxHost() {
    try (DnsServer dns = DnsServer.start();
        Deadlines deadlines = new Deadlines()) {
      serve(dns);
      CheckSettings settings = settings(Level.DNS);
      Looks looks = looks(settings, network(settings, deadlines));

      pass(looks);

      assertThat(looks.domains())
          .hasSize(DOMAINS)
          .extracting(posture -> posture.check(DomainCheck.TLSRPT_RECORD).status())
          .containsOnly(CheckStatus.OK);
      // Whether the resolver validates is asked each hour.
      assertThat(dns.queries())
          .isLessThanOrEqualTo(3 * DOMAINS + 3 * MX_HOSTS + (int) PASS.toHours() + 1);
    }
  }

  private static void serve(DnsServer dns) {
    dns.useInThisProcess();
    dns.serve("com", Type.NS, "ns.example.com.");
    dns.setSecure(true);
    for (int i = 0; i < DOMAINS; i++) {
      String domain = "d" + i + ".example.org";
      dns.serveText("_smtp._tls." + domain, "v=TLSRPTv1; rua=mailto:tls@d0.example.org");
      dns.serveText("_mta-sts." + domain, "v=STSv1; id=1;");
      dns.serve(domain, Type.MX, "10 mx%d.example.net.".formatted(i % MX_HOSTS));
    }
    for (int i = 0; i < MX_HOSTS; i++) {
      dns.serve("mx%d.example.net".formatted(i), Type.A, "192.0.2." + i);
    }
  }

  private NetworkEyes network(CheckSettings settings, Deadlines deadlines) {
    return new NetworkEyes(
        settings,
        new Ours(),
        new NetworkEyes.Tools(
            new Questions(() -> now),
            new Reachable(Set.of(), Set.of(), Set.of()),
            CertificateJudge.withRoots(List.of()),
            deadlines,
            DialogueLimits.USUAL,
            PolicyFetch.PORT,
            "own.example"),
        () -> now);
  }

  @Test
  void twoLooksShouldBeginInASecondAtMost() {
    Looks looks = looks(settings(Level.DNS, Level.POLICY, Level.MX), new Full());

    pass(looks);

    assertThat(begun).hasSize(DOMAINS + 2 * MX_HOSTS);
    for (int i = 2; i < begun.size(); i++) {
      assertThat(Duration.between(begun.get(i - 2), begun.get(i)))
          .isGreaterThanOrEqualTo(Duration.ofSeconds(1));
    }
    assertThat(looks.hosts()).allMatch(host -> host.lastLook().isPresent());
  }

  @Test
  void domainShouldTakeLittleMemory() {
    Looks looks = looks(settings(Level.DNS, Level.POLICY, Level.MX), new Full());
    long before = usedAfterCollection();

    pass(looks);
    begun.clear();
    long after = usedAfterCollection();
    // They were not collected.
    assertThat(looks.domains()).hasSize(DOMAINS);

    assertThat((after - before) / DOMAINS)
        .as("octets a domain")
        .isBetween(100L, (long) MAX_OCTETS_A_DOMAIN);
  }

  private static long usedAfterCollection() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  private static CheckSettings settings(Level... levels) {
    return new CheckSettings(Set.of(levels), Duration.ofHours(12), List.of(), Map.of(), Set.of());
  }

  private Looks looks(CheckSettings settings, Eyes eyes) {
    return new Looks(
        settings,
        new Ours(),
        PostureListener.NONE,
        OwnHosts.none(),
        eyes,
        task -> {
          begun.add(now);
          task.run();
        },
        () -> now);
  }

  private void pass(Looks looks) {
    Instant end = now.plus(PASS);
    for (int tick = 0; now.isBefore(end); tick++) {
      if (tick % 100 == 0) {
        looks.align();
      }
      looks.tick();
      now = now.plus(TICK);
    }
    assertThat(looks.domains()).map(Posture::lastLook).allMatch(Optional::isPresent);
  }

  private final class Ours implements CheckedDomains {
    @Override
    public Collection<DomainName> all() {
      return ours;
    }

    @Override
    public boolean isOurs(DomainName domain) {
      return domain.value().endsWith(".example.org");
    }

    @Override
    public ReportedFacts reported(DomainName domain) {
      return ReportedFacts.NONE;
    }
  }

  /** See a domain that publishes everything, in values of its own as a network would give them. */
  private static final class Full implements Eyes {
    @Override
    public DomainSight lookAt(DomainName domain, ReportedFacts facts, Duration maxAge) {
      int number = Math.floorMod(domain.hashCode(), MX_HOSTS);
      List<String> names =
          List.of("mx%d.example.net".formatted(number), "backup%d.example.net".formatted(number));
      String policy =
          "version: STSv1\nmode: enforce\nmx: %s\nmx: %s\nmax_age: 604800\n"
              .formatted(names.getFirst(), names.getLast());
      return new DomainSight(
          Seen.OK.noting(
              List.of("some senders use one of " + domain.value().length() + " addresses only")),
          new PolicySight.Usable(
              "20261124%d".formatted(number),
              (MtaStsPolicy.Valid) MtaStsPolicy.parse(policy.getBytes(UTF_8)),
              "%064x".formatted(domain.hashCode()),
              Optional.of(START.plusSeconds(number)),
              List.of()),
          Seen.OK,
          Seen.absent("no TLSA records of " + domain),
          new MailHosts.Hosts(
              List.of(new MailHost(10, names.getFirst()), new MailHost(20, names.getLast())),
              0,
              false,
              false),
          names.stream().map(DomainName::new).toList(),
          List.of(),
          facts);
    }

    @Override
    public HostSight lookAtHost(DomainName host, boolean inForce) {
      return HostSight.all(Seen.OK);
    }

    @Override
    public Optional<Boolean> resolverValidates() {
      return Optional.of(true);
    }

    @Override
    public void forget(Collection<DomainName> hosts) {}

    @Override
    public void retain(Set<DomainName> hosts) {}
  }
}
