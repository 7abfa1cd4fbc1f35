// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.checks;

import io.tlsrpt.checks.certificates.CertificateJudge;
import io.tlsrpt.checks.connections.Deadlines;
import io.tlsrpt.checks.connections.DialogueLimits;
import io.tlsrpt.checks.dns.Questions;
import io.tlsrpt.checks.judgement.ReportedFacts;
import io.tlsrpt.checks.targets.Network;
import io.tlsrpt.checks.targets.Reachable;
import io.tlsrpt.figures.posture.CheckEvent;
import io.tlsrpt.figures.posture.MxPosture;
import io.tlsrpt.figures.posture.Posture;
import io.tlsrpt.figures.posture.PostureListener;
import io.tlsrpt.figures.posture.Postures.Level;
import io.tlsrpt.report.DomainName;
import io.tlsrpt.report.MtaStsMode;
import io.tlsrpt.testing.DnsServer;
import io.tlsrpt.testing.tls.HttpResponse;
import io.tlsrpt.testing.tls.PolicyHost;
import io.tlsrpt.testing.tls.ServerCertificate;
import io.tlsrpt.testing.tls.SmtpServer;
import io.tlsrpt.testing.tls.TestCa;
import java.net.InetSocketAddress;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.xbill.DNS.Type;

/**
 * A domain with all that it publishes, on loopback, and looks at it with a clock of their own. All
 * of it is good at first: a record that asks for reports, a policy in mode enforce, an MX host; no
 * TLSA records.
 */
final class World implements AutoCloseable {
  static final DomainName DOMAIN = new DomainName("example.org");
  static final String MX = "mx.example.org";
  static final String POLICY_HOST = "mta-sts.example.org";

  /** So long that they do not ring on a slow machine. */
  static final DialogueLimits PATIENT =
      new DialogueLimits(Duration.ofSeconds(40), Duration.ofSeconds(40));

  final TestCa root = TestCa.root("Root");
  final TestCa ca = root.intermediate("Intermediate");
  final ServerCertificate certificate = ca.issue(MX);
  final DnsServer dns = DnsServer.start();
  final SmtpServer mx = SmtpServer.start(certificate);
  final PolicyHost policyHost = PolicyHost.start(ca.issue(POLICY_HOST));
  final List<CheckEvent> told = new ArrayList<>();
  private final Deadlines deadlines = new Deadlines();
  private Instant now = Instant.now();
  private ReportedFacts facts =
      new ReportedFacts(Optional.of(now), MtaStsMode.ENFORCE, Map.of(DOMAIN, MtaStsMode.ENFORCE));
  private final Looks looks;

  World(DialogueLimits limits, String... networks) {
    dns.useInThisProcess();
    dns.serve("com", Type.NS, "ns.example.com.");
    dns.zone("com").setSecure(true);
    dns.serveText("_smtp._tls.example.org", "v=TLSRPTv1; rua=mailto:tls@example.net");
    dns.serveText("_mta-sts.example.org", "v=STSv1; id=1;");
    dns.serve(DOMAIN.value(), Type.MX, "10 mx.example.org.");
    dns.serve(MX, Type.A, "127.0.0.1");
    dns.serve(POLICY_HOST, Type.A, "127.0.0.1");
    policyHost.answer(HttpResponse.okay(policy("enforce", MX)));
    CheckSettings settings =
        new CheckSettings(
            Set.of(Level.DNS, Level.POLICY, Level.MX),
            Duration.ofHours(12),
            List.of("tls@example.net"),
            Map.of(new DomainName(MX), new InetSocketAddress(mx.address(), mx.port())),
            networks(networks));
    NetworkEyes.Tools tools =
        new NetworkEyes.Tools(
            new Questions(() -> now),
            // The addresses of this test are no host's own: else no connection would open a door.
            new Reachable(Set.of(), settings.networks(), List.of()),
            CertificateJudge.withRoots(List.of(root.certificate())),
            deadlines,
            limits,
            policyHost.port(),
            "own.example");
    looks =
        new Looks(
            settings,
            new Domains(),
            new Listener(),
            OwnHosts.none(),
            new NetworkEyes(settings, new Domains(), tools, () -> now),
            Runnable::run,
            () -> now);
  }

  private static Set<Network> networks(String... written) {
    return Set.copyOf(Stream.of(written).map(net -> Network.parse(net).orElseThrow()).toList());
  }

  static String policy(String mode, String... mx) {
    StringBuilder text = new StringBuilder("version: STSv1\nmode: " + mode + "\n");
    for (String host : mx) {
      text.append("mx: ").append(host).append('\n');
    }
    return text.append("max_age: 604800\n").toString();
  }

  /** DNSSEC vouches for the domain, and the certificate is pinned. */
  void pin(String... tlsa) {
    dns.zone(DOMAIN.value()).setSecure(true);
    dns.serve("_25._tcp." + MX, Type.TLSA, tlsa);
  }

  static String pinKey(X509Certificate certificate) {
    return "3 1 1 " + sha256(certificate.getPublicKey().getEncoded());
  }

  static String sha256(byte[] octets) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(octets));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** There is no policy, so that certificates do not matter. */
  void withoutPolicy() {
    dns.forget("_mta-sts.example.org");
    facts = new ReportedFacts(facts.lastReport(), MtaStsMode.UNKNOWN, Map.of());
  }

  /**
   * Looks at the domain and at the MX hosts that are known by hand, an hour after the last time.
   */
  void look() throws Exception {
    now = now.plus(Duration.ofHours(1));
    looks.align();
    looks.look(DOMAIN);
    looks.align();
  }

  /** Time goes on, and what is due is looked at. */
  void pass(Duration time) {
    Instant end = now.plus(time);
    while (now.isBefore(end)) {
      now = now.plusSeconds(30);
      looks.align();
      looks.tick();
    }
  }

  Posture posture() {
    return looks.domain(DOMAIN).orElseThrow();
  }

  /** The only MX host. */
  MxPosture host() {
    return looks.hosts().iterator().next();
  }

  @Override
  public void close() {
    deadlines.close();
    mx.close();
    policyHost.close();
    dns.close();
  }

  private final class Domains implements CheckedDomains {
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
      return facts;
    }
  }

  private final class Listener implements PostureListener {
    @Override
    public void changed(Posture posture) {}

    @Override
    public void changed(MxPosture posture) {}

    @Override
    public void gone(DomainName domain) {}

    @Override
    public void goneHost(String host) {}

    @Override
    public void tell(CheckEvent event) {
      told.add(event);
    }
  }
}
