// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.checks;

import static org.assertj.core.api.Assertions.assertThat;

import io.tlsrpt.checks.judgement.ReportedFacts;
import io.tlsrpt.figures.posture.PostureListener;
import io.tlsrpt.figures.posture.Postures.Level;
import io.tlsrpt.report.DomainName;
import io.tlsrpt.testing.DnsServer;
import io.tlsrpt.testing.tls.SmtpMood;
import io.tlsrpt.testing.tls.SmtpServer;
import io.tlsrpt.testing.tls.TestCa;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.xbill.DNS.Type;

@Tag("slow")
@Timeout(60)
@ExtendWith(NothingLeft.class)
class ChecksTest {
  private static final DomainName DOMAIN = new DomainName("example.org");

  private static final Path NO_FILE = Path.of("target", "no-own-mx-hosts");

  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.now());

  @Test
  void nothingShouldBeAskedIfChecksAreOff() throws Exception {
    try (DnsServer dns = DnsServer.start();
        Checks checks = new Checks(CheckSettings.OFF, "own.example", NO_FILE, now::get)) {
      dns.useInThisProcess();

      checks.start(new Ours(), PostureListener.NONE);
      now.updateAndGet(time -> time.plus(Duration.ofDays(1)));
      checks.hurry(DOMAIN);

      assertThat(checks.look(DOMAIN)).isEmpty();
      assertThat(checks.domains()).isEmpty();
      assertThat(checks.levels()).isEmpty();
      assertThat(dns.queries()).isZero();
      assertThat(threads()).as("threads").isEmpty();
    }
  }

  @Test
  void nothingShouldBeLookedAtBeforeTheStart() throws Exception {
    try (Checks checks = new Checks(settings(Map.of()), "own.example", NO_FILE, now::get)) {
      assertThat(checks.domain(DOMAIN)).isEmpty();
      assertThat(checks.look(DOMAIN)).isEmpty();
      assertThat(threads()).as("threads").isEmpty();
    }
  }

  @Test
  void endShouldEndLooksThatTarpitsHold() {
    try (DnsServer dns = DnsServer.start();
        SmtpServer tarpit = SmtpServer.start(TestCa.root("Root").issue("mx.example.org"))) {
      tarpit.setMood(SmtpMood.TARPIT);
      serve(dns);
      Checks checks =
          new Checks(
              settings(tarpits(tarpit)), "own.example", NO_FILE, now::get, Duration.ofMillis(500));
      checks.start(new Ours(), PostureListener.NONE);
      await(() -> checks.domain(DOMAIN).isPresent());
      now.updateAndGet(time -> time.plus(Duration.ofMinutes(2)));
      await(() -> tarpit.openConnections() == 4);

      assertThat(threads()).contains("tlsrpt-checks", "tlsrpt-look-1", "tlsrpt-deadline");
      checks.close();

      await(() -> threads().isEmpty());
      await(() -> tarpit.openConnections() == 0);
      assertThat(tarpit.connections()).as("looks at once").isEqualTo(4);
    }
  }

  private static void serve(DnsServer dns) {
    dns.useInThisProcess();
    dns.serve(
        DOMAIN.value(),
        Type.MX,
        hosts().stream().map(host -> "10 " + host + ".").toArray(String[]::new));
  }

  private static List<DomainName> hosts() {
    return IntStream.range(0, 6).mapToObj(i -> new DomainName("mx" + i + ".example.org")).toList();
  }

  private static Map<DomainName, InetSocketAddress> tarpits(SmtpServer tarpit) {
    return hosts().stream()
        .collect(
            Collectors.toMap(
                Function.identity(),
                host -> new InetSocketAddress(tarpit.address(), tarpit.port())));
  }

  private static CheckSettings settings(Map<DomainName, InetSocketAddress> mxAddresses) {
    return new CheckSettings(
        Set.of(Level.DNS, Level.OWN_MX), Duration.ofHours(12), List.of(), mxAddresses, Set.of());
  }

  private static Set<String> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("tlsrpt-"))
        .collect(Collectors.toSet());
  }

  /** Until the time of the test is over. */
  private static void await(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      try {
        Thread.sleep(20);
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }

  private static final class Ours implements CheckedDomains {
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
