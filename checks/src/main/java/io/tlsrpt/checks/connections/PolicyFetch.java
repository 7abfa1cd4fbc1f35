// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.checks.connections;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.tlsrpt.checks.certificates.CertificateJudge;
import io.tlsrpt.checks.certificates.CertificateJudgement;
import io.tlsrpt.checks.words.Words;
import io.tlsrpt.report.DomainName;
import java.io.IOException;
import java.net.InetAddress;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Fetches a domain's MTA-STS policy as senders do (RFC 8461 §3.3): the certificate first, one GET,
 * no redirect. Not with the JDK's client, which resolves the name once more, so that the address
 * judged would not be the one connected to, and hides the chain when it refuses it. Thread-safe; it
 * takes at most the time of both limits.
 */
public final class PolicyFetch {
  /** Of HTTPS. */
  public static final int PORT = 443;

  private static final String LABEL = "mta-sts.";

  private final int port;
  private final CertificateJudge judge;
  private final Deadlines deadlines;
  private final DialogueLimits limits;
  private final InstantSource clock;
  private final Handshake handshake = new Handshake();

  /**
   * A fetcher that connects to one port of every policy host.
   *
   * @param port {@value #PORT} but in tests
   * @param deadlines stay the caller's to close, after which no fetch lasts
   * @param clock what certificates are judged by
   */
  public PolicyFetch(
      int port,
      CertificateJudge judge,
      Deadlines deadlines,
      DialogueLimits limits,
      InstantSource clock) {
    this.port = port;
    this.judge = judge;
    this.deadlines = deadlines;
    this.limits = limits;
    this.clock = clock;
  }

  /** The host that has the policy of a domain; none if its name would be too long. */
  public static Optional<DomainName> host(DomainName domain) {
    return DomainName.parse(LABEL + domain);
  }

  /**
   * Fetches the policy from one address. If several things are wrong, the result tells the first.
   *
   * @param address of the policy host, already found to be one that may be connected to
   * @param host as {@link #host} names it
   */
  public PolicyResult fetch(InetAddress address, DomainName host) {
    try (Connection connection = Connection.open(address, port, deadlines, limits)) {
      PolicyResult result = over(connection, host);
      return connection.ranOutOfTime() && result instanceof PolicyResult.NotFetched
          ? new PolicyResult.NotFetched(connection.outOfTime(), true)
          : result;
    } catch (IOException e) {
      return new PolicyResult.NotConnected(
          "no connection to port " + port + ": " + Words.reason(e));
    }
  }

  private PolicyResult over(Connection connection, DomainName host) {
    return switch (handshake.over(connection.socket(), host)) {
      case Handshake.Result.Broken broken ->
          notFetched("the TLS handshake failed: " + broken.words());
      case Handshake.Result.Done done -> judged(done, host);
    };
  }

  private PolicyResult judged(Handshake.Result.Done done, DomainName host) {
    try (done) {
      CertificateJudgement certificate = judge.judge(done.session().chain(), host, clock.instant());
      if (!certificate.good()) {
        return new PolicyResult.BadCertificate(certificate);
      }
      done.socket().getOutputStream().write(request(host));
      return switch (HttpAnswer.read(new HostInput(done.socket().getInputStream()))) {
        case HttpAnswer.NoPolicy none -> notFetched(none.words());
        case HttpAnswer.Policy policy ->
            new PolicyResult.Fetched(policy.body(), policy.contentType(), certificate);
      };
    } catch (IOException e) {
      return notFetched("the connection broke: " + Words.reason(e));
    }
  }

  private static byte[] request(DomainName host) {
    return String.join(
            "\r\n",
            "GET /.well-known/mta-sts.txt HTTP/1.1",
            "Host: " + host,
            "User-Agent: tlsrpt-james (MTA-STS check)",
            "Accept: text/plain",
            "Connection: close",
            "",
            "")
        .getBytes(US_ASCII);
  }

  private static PolicyResult notFetched(String words) {
    return new PolicyResult.NotFetched(words, false);
  }
}
