// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.mailet;

import static org.assertj.core.api.Assertions.assertThat;

import io.tlsrpt.testing.DnsServer;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.apache.james.core.healthcheck.Result;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Type;
import reactor.core.publisher.Mono;

/** The receiver's own looks within the whole receiver, with a DNS server on loopback. */
class ReceiverChecksTest {
  private static final String POSTURE = "io.tlsrpt:type=Posture,domain=example.com";
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** More than the pause before the first looks. */
  private static final Duration FIRST = Duration.ofMinutes(2);

  /** More than the pause before a second look. */
  private static final Duration SECOND = Duration.ofMinutes(20);

  /** More than the pause between two looks, with all that is added to it. */
  private static final Duration USUAL = Duration.ofHours(14);

  private final ReceiverFixture receiver = new ReceiverFixture();
  private final DnsServer dns = DnsServer.start();

  @BeforeEach
  void publish() {
    dns.useInThisProcess();
    dns.setSecure(true);
    dns.serve("com", Type.NS, "ns.example.");
    for (String domain : ReceiverFixture.SERVED) {
      dns.serve(domain, Type.MX, "10 mx.example.com.");
      dns.serveText("_smtp._tls." + domain, "v=TLSRPTv1; rua=mailto:tlsrpt@example.com");
    }
    dns.serve("mx.example.com", Type.A, "192.0.2.25");
    dns.serve("_25._tcp.mx.example.com", Type.TLSA, "3 1 1 " + "ab".repeat(32));
  }

  @AfterEach
  void stop() {
    receiver.stop();
    dns.close();
  }

  @Test
  void recordsShouldBeLookedAtUnlessToldOtherwise() throws Exception {
    TlsReportMailet block = new TlsReportMailet(receiver.receiver());
    block.init(ReceiverFixture.config());
    try {
      awaitFirstLook();

      assertThat(Stream.of("TlsRptRecord", "MtaSts", "Dane").map(this::posture))
          .containsExactly("ok", "absent", "ok");
      assertThat(receiver.names()).noneMatch(name -> name.contains("type=MxHost"));
      assertThat(checks().isHealthy()).isTrue();
    } finally {
      block.destroy();
    }
    assertThat(receiver.names()).isEmpty();
  }

  @Test
  void nothingShouldBeLookedAtIfChecksAreOff() throws Exception {
    receiver.mailet("checks", "off");
    receiver.pass(USUAL);

    assertThat(receiver.names()).noneMatch(name -> name.contains("Posture"));
    assertThat((String[]) receiver.value("io.tlsrpt:type=Receiver", "Checks")).isEmpty();
    assertThat(checks().isHealthy()).isTrue();
    assertThat(dns.queries()).isZero();
  }

  @Test
  void healthShouldBeDegradedByWhatASecondLookConfirmsUntilItIsMended() throws Exception {
    receiver.mailet("checks", "dns");
    dns.serve("_25._tcp.mx.example.com", Type.TLSA, "1 1 1 " + "ab".repeat(32));
    awaitFirstLook();
    assertThat(checks().isHealthy()).isTrue();

    receiver.pass(SECOND);
    await(() -> posture("Dane").equals("failing"));
    assertThat(checks().isDegraded()).isTrue();
    assertThat(checks().getCause())
        .hasValueSatisfying(
            cause ->
                assertThat(cause)
                    .startsWith("What is published, or what an MX host answers, makes senders")
                    .contains("example.com (", "mx.example.com", "usage 1"));

    dns.serve("_25._tcp.mx.example.com", Type.TLSA, "3 1 1 " + "ab".repeat(32));
    receiver.pass(USUAL);
    await(() -> checks().isHealthy());
  }

  /** Until the domain is known, nothing is due, however late it is. */
  private void awaitFirstLook() throws InterruptedException {
    await(() -> receiver.names().contains("io.tlsrpt:domain=example.com,type=Posture"));
    receiver.pass(FIRST);
    await(() -> receiver.value(POSTURE, "LastCheck") != null);
  }

  private String posture(String attribute) {
    return String.valueOf(receiver.value(POSTURE, attribute));
  }

  private Result checks() {
    TlsReportChecksHealthCheck check = new TlsReportChecksHealthCheck(receiver.receiver());
    Result result = Mono.from(check.check()).block();
    assertThat(result).isNotNull();
    assertThat(result.getComponentName()).isEqualTo(check.componentName());
    return result;
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("in time").isLessThan(end);
      Thread.sleep(20);
    }
  }
}
