// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.checks.connections;

import static org.assertj.core.api.Assertions.assertThat;

import io.tlsrpt.checks.NothingLeft;
import io.tlsrpt.checks.certificates.CertificateFault;
import io.tlsrpt.checks.certificates.CertificateFault.Kind;
import io.tlsrpt.checks.certificates.CertificateJudge;
import io.tlsrpt.checks.connections.PolicyResult.BadCertificate;
import io.tlsrpt.checks.connections.PolicyResult.Fetched;
import io.tlsrpt.checks.connections.PolicyResult.NotConnected;
import io.tlsrpt.checks.connections.PolicyResult.NotFetched;
import io.tlsrpt.report.DomainName;
import io.tlsrpt.testing.tls.CertificatePlan;
import io.tlsrpt.testing.tls.HttpResponse;
import io.tlsrpt.testing.tls.PolicyHost;
import io.tlsrpt.testing.tls.ServerCertificate;
import io.tlsrpt.testing.tls.TestCa;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
@Timeout(60)
@ExtendWith(NothingLeft.class)
class PolicyFetchTest {
  private static final String HOST = "mta-sts.example.com";
  private static final String POLICY =
      "version: STSv1\r\nmode: enforce\r\nmx: *.example.com\r\nmax_age: 604800\r\n";

  private static final TestCa ROOT = TestCa.root("Root");
  private static final TestCa CA = ROOT.intermediate("Intermediate");
  private static final ServerCertificate GOOD = CA.issue(HOST);

  private static final DialogueLimits PATIENT =
      new DialogueLimits(Duration.ofSeconds(50), Duration.ofSeconds(50));

  private static final DialogueLimits HASTY =
      new DialogueLimits(Duration.ofMillis(1_500), Duration.ofMillis(1_500));

  private final Deadlines deadlines = new Deadlines();
  private final PolicyHost host = PolicyHost.start(GOOD);

  @AfterEach
  void close() {
    host.close();
    deadlines.close();
    assertThat(deadlines.running()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void policyShouldBeFetchedByOneRequest(String protocol) {
    host.setProtocols(protocol);
    host.answer(HttpResponse.okay(POLICY));

    PolicyResult result = fetch(PATIENT);

    assertThat(result)
        .isInstanceOfSatisfying(
            Fetched.class,
            fetched -> {
              assertThat(fetched.body().text()).isEqualTo(POLICY);
              assertThat(fetched.contentType()).contains("text/plain");
              assertThat(fetched.certificate().good()).isTrue();
            });
    assertThat(host.namesAskedFor()).containsExactly(HOST);
    assertThat(host.requests())
        .singleElement()
        .satisfies(
            request ->
                assertThat(request)
                    .startsWith("GET /.well-known/mta-sts.txt HTTP/1.1\r\n")
                    .contains(
                        "\r\nHost: mta-sts.example.com\r\n",
                        "\r\nUser-Agent: tlsrpt-james (MTA-STS check)\r\n"));
  }

  static Stream<HttpResponse> formsOfABody() {
    return Stream.of(
        HttpResponse.okay(POLICY),
        HttpResponse.chunked(POLICY),
        HttpResponse.untilTheEnd(POLICY),
        HttpResponse.chunked(POLICY).afterEarlyHints(),
        new HttpResponse("HTTP/1.0 200\n\n" + POLICY));
  }

  @ParameterizedTest
  @MethodSource("formsOfABody")
  void bodyShouldBeReadHoweverItsLengthIsTold(HttpResponse response) {
    host.answer(response);

    assertThat(fetch(PATIENT))
        .isInstanceOfSatisfying(
            Fetched.class, fetched -> assertThat(fetched.body().text()).isEqualTo(POLICY));
  }

  @Test
  void otherContentTypeShouldBeTold() {
    host.answer(HttpResponse.html(POLICY));

    assertThat(fetch(PATIENT))
        .isInstanceOfSatisfying(
            Fetched.class,
            fetched -> assertThat(fetched.contentType()).contains("text/html; charset=utf-8"));
  }

  static Stream<Arguments> answersWithoutAPolicy() {
    return Stream.of(
        Arguments.of(HttpResponse.status("404 Not Found"), "status 404 Not Found"),
        Arguments.of(HttpResponse.status("500 <html>"), "status 500 \\u003chtml>"),
        Arguments.of(
            HttpResponse.redirect("https://www.example.com/"),
            "status 301 to https://www.example.com/: redirects are not followed"),
        Arguments.of(HttpResponse.okay("x".repeat(100_000)), "its response has more than 64 KiB"),
        Arguments.of(
            HttpResponse.untilTheEnd("x".repeat(100_000)), "its response has more than 64 KiB"),
        Arguments.of(
            new HttpResponse("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nshort"),
            "it ended the connection within its response"),
        Arguments.of(
            new HttpResponse("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\nx"),
            "its response is compressed, which was not asked for: gzip"),
        Arguments.of(
            new HttpResponse("220 mx ESMTP\r\n\r\n"), "it sent what is no HTTP: 220 mx ESMTP"),
        Arguments.of(new HttpResponse(""), "it ended the connection"));
  }

  @ParameterizedTest
  @MethodSource("answersWithoutAPolicy")
  void answerWithoutAPolicyShouldBeToldWithWhatItSays(HttpResponse response, String words) {
    host.answer(response);

    assertThat(fetch(PATIENT)).isEqualTo(new NotFetched(words, false));
    assertThat(host.connections()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ENDLESS_HEAD | its HTTP header has more than 16384 octets
          ENDLESS_BODY | its response has more than 64 KiB
          IN_CLEAR     | the TLS handshake failed: Unsupported or unrecognized SSL message
          """)
  void hostThatFollowsNoRuleShouldBeToldAsSuch(PolicyHost.Mood mood, String words) {
    host.setMood(mood);

    assertThat(fetch(PATIENT)).isEqualTo(new NotFetched(words, false));
  }

  @ParameterizedTest
  @EnumSource(names = {"SILENT", "SILENT_BEFORE_TLS", "TARPIT"})
  void hostThatTakesTooLongShouldBeLeft(PolicyHost.Mood mood) throws InterruptedException {
    host.setMood(mood);

    assertThat(fetch(HASTY)).isEqualTo(new NotFetched("no end within 1500 ms", true));
    for (int i = 0; i < 200 && host.openConnections() > 0; i++) {
      Thread.sleep(50);
    }
    assertThat(host.openConnections()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void hostThatWantsACertificateShouldNotBeFetchedFrom(String protocol) {
    host.setProtocols(protocol);
    host.demandClientCertificate();

    assertThat(fetch(PATIENT))
        .isInstanceOfSatisfying(NotFetched.class, fault -> assertThat(fault.outOfTime()).isFalse());
  }

  static Stream<Arguments> badCertificates() {
    Instant now = Instant.now();
    CertificatePlan plan = CertificatePlan.naming(HOST);
    return Stream.of(
        Arguments.of(CA.issue("www.example.com"), Kind.NAME),
        Arguments.of(CA.issue(CertificatePlan.withCommonNameOnly(HOST)), Kind.NAME),
        Arguments.of(CA.issue(plan.valid(plan.begins(), now.minus(Duration.ofDays(1)))), Kind.DATE),
        Arguments.of(TestCa.selfSigned(plan), Kind.TRUST),
        Arguments.of(GOOD.alone(), Kind.TRUST));
  }

  @ParameterizedTest
  @MethodSource("badCertificates")
  void badCertificateShouldEndItBeforeTheRequest(ServerCertificate bad, Kind kind) {
    host.renew(bad);
    host.answer(HttpResponse.okay(POLICY));

    assertThat(fetch(PATIENT))
        .isInstanceOfSatisfying(
            BadCertificate.class,
            result ->
                assertThat(result.certificate().faults())
                    .extracting(CertificateFault::kind)
                    .containsExactly(kind));
    assertThat(host.requests()).allSatisfy(request -> assertThat(request).isEmpty());
  }

  @Test
  void renewedCertificateShouldBeSeenByTheNextFetch() {
    host.answer(HttpResponse.okay(POLICY));
    PolicyFetch fetches = fetches(host.port(), PATIENT);
    host.renew(CA.issue("www.example.com"));
    assertThat(fetches.fetch(host.address(), new DomainName(HOST)))
        .isInstanceOf(BadCertificate.class);

    host.renew(GOOD);

    assertThat(fetches.fetch(host.address(), new DomainName(HOST))).isInstanceOf(Fetched.class);
  }

  @Test
  void portWithoutAServerShouldBeNotConnected() throws Exception {
    int port;
    try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = closed.getLocalPort();
    }

    PolicyResult result = fetches(port, PATIENT).fetch(host.address(), new DomainName(HOST));

    assertThat(result)
        .isEqualTo(new NotConnected("no connection to port " + port + ": Connection refused"));
    assertThat(result.connected()).isFalse();
  }

  @Test
  void hostShouldBeThatOfTheDomain() {
    assertThat(PolicyFetch.host(new DomainName("example.com"))).contains(new DomainName(HOST));
    assertThat(PolicyFetch.host(new DomainName("a.".repeat(125) + "ab"))).isEmpty();
  }

  @Test
  void contentTypeShouldBePlainTextAndShort() {
    host.answer(
        new HttpResponse("HTTP/1.1 200 OK\r\nContent-Type: <b>" + "x".repeat(500) + "\r\n\r\n"));

    assertThat(fetch(PATIENT))
        .isInstanceOfSatisfying(
            Fetched.class,
            fetched ->
                assertThat(fetched.contentType().orElseThrow())
                    .startsWith("\\u003cb>")
                    .hasSizeLessThan(120));
  }

  private PolicyResult fetch(DialogueLimits limits) {
    return fetches(host.port(), limits).fetch(host.address(), new DomainName(HOST));
  }

  private PolicyFetch fetches(int port, DialogueLimits limits) {
    return new PolicyFetch(
        port,
        CertificateJudge.withRoots(List.of(ROOT.certificate())),
        deadlines,
        limits,
        InstantSource.system());
  }
}
