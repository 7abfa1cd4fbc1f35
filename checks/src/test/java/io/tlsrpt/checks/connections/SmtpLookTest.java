// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.checks.connections;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tlsrpt.checks.NothingLeft;
import io.tlsrpt.checks.connections.SmtpResult.HandshakeBroken;
import io.tlsrpt.checks.connections.SmtpResult.NoStartTls;
import io.tlsrpt.checks.connections.SmtpResult.Tls;
import io.tlsrpt.checks.connections.SmtpResult.Unreached;
import io.tlsrpt.report.DomainName;
import io.tlsrpt.testing.tls.CertificatePlan;
import io.tlsrpt.testing.tls.KeyKind;
import io.tlsrpt.testing.tls.LoopbackServer;
import io.tlsrpt.testing.tls.ServerCertificate;
import io.tlsrpt.testing.tls.SmtpMood;
import io.tlsrpt.testing.tls.SmtpServer;
import io.tlsrpt.testing.tls.TestCa;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
@Timeout(60)
@ExtendWith(NothingLeft.class)
class SmtpLookTest {
  private static final String HOST = "mx.example.com";
  private static final TestCa CA = TestCa.root("Root").intermediate("Intermediate");
  private static final ServerCertificate CERTIFICATE = CA.issue(HOST);

  /** So long that it never rings in these tests. */
  private static final DialogueLimits PATIENT =
      new DialogueLimits(Duration.ofSeconds(50), Duration.ofSeconds(50));

  private static final DialogueLimits HASTY =
      new DialogueLimits(Duration.ofMillis(1_500), Duration.ofMillis(1_500));

  private final Deadlines deadlines = new Deadlines();
  private final SmtpServer server = SmtpServer.start(CERTIFICATE);

  @AfterEach
  void close() {
    server.close();
    deadlines.close();
    assertThat(deadlines.running()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void goodHostShouldBeSeenWithAllThatItSends(String protocol) {
    server.setProtocols(protocol);

    SmtpResult seen = look(PATIENT);

    assertThat(seen)
        .isInstanceOfSatisfying(
            Tls.class,
            tls -> {
              assertThat(tls.session().protocol()).isEqualTo(protocol);
              assertThat(tls.session().cipherSuite()).startsWith("TLS_");
              assertThat(tls.session().chain()).isEqualTo(CERTIFICATE.chain());
            });
    assertThat(server.namesAskedFor()).containsExactly(HOST);
    assertThat(server.commands())
        .containsExactly("EHLO own.example", "STARTTLS", "EHLO own.example", "QUIT");
  }

  @Test
  void hostThatInsistsOnTurnsShouldBeGood() {
    server.setMood(SmtpMood.STRICT);

    assertThat(look(PATIENT)).isInstanceOf(Tls.class);
  }

  @Test
  void keyOfTheOtherKindShouldBeGoodToo() {
    server.renew(CA.issue(CertificatePlan.naming(HOST).key(KeyKind.RSA)));

    assertThat(look(PATIENT)).isInstanceOf(Tls.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "xn--bcher-kva.example"})
  void nameOfTheHostShouldBeSent(String host) {
    assertThat(look(PATIENT, host)).isInstanceOf(Tls.class);
    assertThat(server.namesAskedFor()).containsExactly(host);
  }

  @Test
  void hostWhoseNameCannotBeSentShouldBeSeenAllTheSame() {
    assertThat(look(PATIENT, "mx_1.example.com")).isInstanceOf(Tls.class);
    assertThat(server.namesAskedFor()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          NO_STARTTLS  | its reply to EHLO does not offer STARTTLS
          NO_EHLO      | it does not know EHLO: 502 EHLO own.example is unknown
          STARTTLS_502 | it offers STARTTLS and refuses it: 502 5.5.1 not here
          """)
  void hostWithoutStartTlsShouldBeSeenAsSuch(SmtpMood mood, String words) {
    server.setMood(mood);

    assertThat(look(PATIENT)).isEqualTo(new NoStartTls(words));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          GARBAGE_AFTER_220    | the TLS handshake failed: Unsupported or unrecognized SSL message
          INJECTING_AFTER_220  | it went on in clear after its 220 to STARTTLS
          HANGING_UP_AFTER_220 | the TLS handshake failed: Remote host terminated the handshake
          """)
  void hostThatBreaksTheHandshakeShouldBeSeenAsSuch(SmtpMood mood, String words) {
    server.setMood(mood);

    assertThat(look(PATIENT)).isEqualTo(new HandshakeBroken(words));
    assertThat(look(PATIENT).connected()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "TLSv1.2, the TLS handshake failed: ",
    "TLSv1.3, no answer to EHLO after the TLS handshake: ",
  })
  void hostThatWantsACertificateShouldBeBrokenWheneverItSaysSo(String protocol, String words) {
    server.setProtocols(protocol);
    server.demandClientCertificate();

    assertThat(look(PATIENT))
        .isInstanceOfSatisfying(
            HandshakeBroken.class, broken -> assertThat(broken.words()).startsWith(words));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          GREETING_421       | it greeted with 421 4.3.2 too busy
          GREETING_554       | it greeted with 554 5.7.1 not you
          NO_SMTP            | instead of a greeting, it sent what is no SMTP reply: SSH-2.0-example
          HANGING_UP         | instead of a greeting, it ended the connection
          AHEAD_OF_TURN      | it did not answer EHLO: it spoke before its turn
          EHLO_451           | it answered EHLO with 451 later
          ENDLESS_LINE       | it did not answer EHLO: it sent a line of more than 2048 octets
          ENDLESS_REPLY      | it did not answer EHLO: it sent a reply of more than 100 lines
          REFUSING_UNDER_TLS | it answered EHLO under TLS with 550 5.7.1 not you
          """)
  void whatSaysNothingOfTlsShouldBeUnreached(SmtpMood mood, String words) {
    server.setMood(mood);

    assertThat(look(PATIENT)).isEqualTo(new Unreached(words, true));
  }

  @Test
  void hostThatHasNoTlsNowShouldBeSeenAsSuch() {
    server.setMood(SmtpMood.STARTTLS_454);

    assertThat(look(PATIENT))
        .isEqualTo(new SmtpResult.NotNow("it answered STARTTLS with 454 4.7.0 TLS not available"));
    assertThat(look(PATIENT).connected()).isTrue();
  }

  @ParameterizedTest
  @EnumSource(names = {"SILENT", "TARPIT", "SILENT_AFTER_220", "TARPIT_UNDER_TLS"})
  void hostThatTakesTooLongShouldBeLeft(SmtpMood mood) throws InterruptedException {
    server.setMood(mood);

    assertThat(look(HASTY)).isEqualTo(new Unreached("no end within 1500 ms", true));
    awaitNoConnection();
  }

  @Test
  void portWithoutAServerShouldBeUnreachedAndNotConnected() throws Exception {
    int port;
    try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = closed.getLocalPort();
    }

    SmtpResult seen = lookAt(port);

    assertThat(seen)
        .isEqualTo(new Unreached("no connection to port " + port + ": Connection refused", false));
    assertThat(seen.connected()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void renewedCertificateShouldBeSeenByTheNextLook(String protocol) {
    server.setProtocols(protocol);
    SmtpLook looks = new SmtpLook("own.example", deadlines, PATIENT);
    ServerCertificate renewed = CA.issue(HOST);

    SmtpResult before = looks.look(server.address(), server.port(), new DomainName(HOST));
    server.renew(renewed);
    SmtpResult after = looks.look(server.address(), server.port(), new DomainName(HOST));

    assertThat(before)
        .isInstanceOfSatisfying(
            Tls.class, tls -> assertThat(tls.session().leaf()).isEqualTo(CERTIFICATE.own()));
    assertThat(after)
        .isInstanceOfSatisfying(
            Tls.class, tls -> assertThat(tls.session().leaf()).isEqualTo(renewed.own()));
  }

  @Test
  void closedDeadlinesShouldEndALookAtOnce() throws Exception {
    CountDownLatch connected = new CountDownLatch(1);
    try (LoopbackServer silent =
        LoopbackServer.start(
            connection -> {
              connected.countDown();
              int unused = connection.getInputStream().read();
            })) {
      SmtpLook looks = new SmtpLook("own.example", deadlines, PATIENT);
      CompletableFuture<SmtpResult> look =
          CompletableFuture.supplyAsync(
              () -> looks.look(silent.address(), silent.port(), new DomainName(HOST)));
      assertThat(connected.await(30, TimeUnit.SECONDS)).isTrue();

      deadlines.close();

      assertThat(look.get(30, TimeUnit.SECONDS)).isInstanceOf(Unreached.class);
      assertThat(looks.look(silent.address(), silent.port(), new DomainName(HOST)))
          .isInstanceOf(Unreached.class);
    }
  }

  @Test
  void ownNameShouldBringNoLinesWithIt() {
    assertThatThrownBy(() -> new SmtpLook("own.example\r\nMAIL FROM:<>", deadlines, PATIENT))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private SmtpResult look(DialogueLimits limits) {
    return new SmtpLook("own.example", deadlines, limits)
        .look(server.address(), server.port(), new DomainName(HOST));
  }

  private SmtpResult look(DialogueLimits limits, String host) {
    return new SmtpLook("own.example", deadlines, limits)
        .look(server.address(), server.port(), new DomainName(host));
  }

  private SmtpResult lookAt(int port) {
    return new SmtpLook("own.example", deadlines, PATIENT)
        .look(InetAddress.getLoopbackAddress(), port, new DomainName(HOST));
  }

  /** The server's side notices when it writes or reads the next time. */
  private void awaitNoConnection() throws InterruptedException {
    for (int i = 0; i < 200 && server.openConnections() > 0; i++) {
      Thread.sleep(50);
    }
    assertThat(server.openConnections()).isZero();
  }
}
