// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.checks;

import static org.assertj.core.api.Assertions.assertThat;

import io.tlsrpt.checks.certificates.CertificateJudge;
import io.tlsrpt.checks.connections.Deadlines;
import io.tlsrpt.checks.connections.DialogueLimits;
import io.tlsrpt.checks.connections.PolicyFetch;
import io.tlsrpt.checks.dns.Questions;
import io.tlsrpt.checks.judgement.ReportedFacts;
import io.tlsrpt.checks.targets.Reachable;
import io.tlsrpt.figures.posture.Postures.Level;
import io.tlsrpt.report.DomainName;
import io.tlsrpt.testing.DnsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.xbill.DNS.Type;

/** Which of a domain's MX hosts a look finds at addresses of ours; nothing is connected to. */
@Timeout(60)
class OwnAddressesTest {
  private static final DomainName DOMAIN = new DomainName("example.org");
  private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

  private final DnsServer dns = DnsServer.start();
  private final Deadlines deadlines = new Deadlines();

  @BeforeEach
  void publish() {
    dns.useInThisProcess();
    dns.serve(
        DOMAIN.value(),
        Type.MX,
        "10 here.example.org.",
        "20 behind-nat.example.org.",
        "30 elsewhere.example.net.",
        "40 nowhere.example.net.");
    dns.serve("here.example.org", Type.A, "192.0.2.1", "203.0.113.25");
    dns.serve("behind-nat.example.org", Type.A, "192.0.2.2");
    dns.serve("elsewhere.example.net", Type.A, "192.0.2.3");
  }

  @AfterEach
  void close() {
    deadlines.close();
    dns.close();
  }

  @Test
  void hostsAtAddressesOfOursShouldBeOurs() throws IOException {
    assertThat(look(Map.of())).containsExactly(new DomainName("here.example.org"));
  }

  @Test
  void hostOfWhichTheAdministratorSaysWhereItIsShouldBeOurs() throws IOException {
    assertThat(
            look(
                Map.of(
                    new DomainName("behind-nat.example.org"),
                    new InetSocketAddress(InetAddress.getByName("10.0.0.5"), 25))))
        .containsExactly(
            new DomainName("here.example.org"), new DomainName("behind-nat.example.org"));
  }

  /** Reports about TLSA policies name the TLSA base domain (RFC 7672 §2.2.3). */
  @Test
  void aliasInASignedZoneShouldBeOursUnderBothNames() throws IOException {
    dns.setSecure(true);
    dns.serve(DOMAIN.value(), Type.MX, "10 alias.example.org.");
    dns.serve("alias.example.org", Type.CNAME, "here.example.org.");
    dns.serve("_25._tcp.here.example.org", Type.TLSA, "3 1 1 " + "ab".repeat(32));

    assertThat(look(Map.of()))
        .containsExactlyInAnyOrder(
            new DomainName("alias.example.org"), new DomainName("here.example.org"));
  }

  @Test
  void domainThatIsNotAnsweredForShouldHaveNone() throws IOException {
    dns.close();

    assertThat(look(Map.of())).isEmpty();
  }

  private List<DomainName> look(Map<DomainName, InetSocketAddress> mxAddresses) throws IOException {
    CheckSettings settings =
        new CheckSettings(
            Set.of(Level.DNS), Duration.ofHours(12), List.of(), mxAddresses, Set.of());
    NetworkEyes eyes =
        new NetworkEyes(
            settings,
            new One(),
            new NetworkEyes.Tools(
                new Questions(() -> NOW),
                new Reachable(
                    Set.of(InetAddress.getByName("203.0.113.25")),
                    Set.of(),
                    settings.namedAddresses()),
                CertificateJudge.withRoots(List.of()),
                deadlines,
                DialogueLimits.USUAL,
                PolicyFetch.PORT,
                "own.example"),
            () -> NOW);
    return eyes.lookAt(DOMAIN, ReportedFacts.NONE, Duration.ZERO).ownHosts();
  }

  private static final class One implements CheckedDomains {
    @Override
    public Collection<DomainName> all() {
      return List.of(DOMAIN);
    }

    @Override
    public boolean isOurs(DomainName domain) {
      return domain.equals(DOMAIN);
    }

    @Override
    public ReportedFacts reported(DomainName domain) {
      return ReportedFacts.NONE;
    }
  }
}
