// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.checks.judgement;

import static org.assertj.core.api.Assertions.assertThat;

import io.tlsrpt.checks.certificates.CertificateJudge;
import io.tlsrpt.checks.connections.SmtpResult;
import io.tlsrpt.checks.connections.TlsSession;
import io.tlsrpt.checks.records.TlsaRecord;
import io.tlsrpt.figures.FailureKind;
import io.tlsrpt.figures.posture.CheckStatus;
import io.tlsrpt.figures.posture.MxCheck;
import io.tlsrpt.figures.posture.MxPosture;
import io.tlsrpt.figures.posture.Seen;
import io.tlsrpt.testing.tls.CertificatePlan;
import io.tlsrpt.testing.tls.ServerCertificate;
import io.tlsrpt.testing.tls.TestCa;
import java.net.InetAddress;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostJudgementTest {
  private static final String HOST = "mx.example.com";
  private static final Optional<Boolean> VALIDATES = Optional.of(true);

  private final TestCa root = TestCa.root("Root");
  private final Instant now = Instant.now();
  private final HostJudgement judgement =
      new HostJudgement(CertificateJudge.withRoots(List.of(root.certificate())));

  @Test
  void goodHostShouldBeGood() {
    ServerCertificate good = root.issue(HOST);
    HostSight sight = judge(Dane.without("mx"), tls(good), true);

    assertThat(statuses(sight)).isEqualTo("OK OK OK ABSENT");
    assertThat(sight.tls()).isPresent();
    MxPosture.Tls tls = sight.tls().orElseThrow();
    assertThat(tls.address()).isEqualTo("127.0.0.1");
    assertThat(tls.version()).isEqualTo("TLSv1.3");
    assertThat(tls.certificateExpires()).isEqualTo(good.own().getNotAfter().toInstant());
  }

  @Test
  void allThatIsWrongWithACertificateShouldBeTold() {
    ServerCertificate bad =
        TestCa.root("Other Root")
            .issue(
                CertificatePlan.naming("mail.example.net")
                    .valid(now.minus(Duration.ofDays(90)), now.minus(Duration.ofDays(2))));
    Seen seen = judge(Dane.without("mx"), tls(bad), true).check(MxCheck.CERTIFICATE);

    assertThat(seen.status()).isEqualTo(CheckStatus.FAILING);
    assertThat(seen.kinds())
        .isEqualTo(
            Set.of(
                FailureKind.CERTIFICATE_HOST_MISMATCH,
                FailureKind.CERTIFICATE_EXPIRED,
                FailureKind.CERTIFICATE_NOT_TRUSTED));
    assertThat(seen.faults()).hasSize(3).allMatch(words -> words.startsWith("[127.0.0.1] "));
  }

  @Test
  void certificateShouldBeANoteWhereNoPolicyAsksForIt() {
    HostSight sight =
        judge(Dane.without("mx"), tls(TestCa.selfSigned(CertificatePlan.naming(HOST))), false);
    Seen seen = sight.check(MxCheck.CERTIFICATE);

    assertThat(seen.status()).isEqualTo(CheckStatus.ABSENT);
    assertThat(seen.faults()).containsExactly("no policy asks for a certificate");
    assertThat(seen.notes()).singleElement().asString().startsWith("[127.0.0.1] ");
  }

  /** Lifetime, days left. */
  @ParameterizedTest
  @CsvSource({
    "90, 15, OK",
    "90, 13, FAILING",
    "45, 10, OK",
    "45, 8, FAILING",
    "6, 2, OK",
    "6, 1, FAILING"
  })
  void certificateShouldLast(int lifetime, int left, CheckStatus status) {
    Instant ends = now.plus(Duration.ofDays(left));
    ServerCertificate certificate =
        root.issue(CertificatePlan.naming(HOST).valid(ends.minus(Duration.ofDays(lifetime)), ends));
    Seen seen = judge(Dane.without("mx"), tls(certificate), true).check(MxCheck.CERTIFICATE_LASTS);

    assertThat(seen.status()).isEqualTo(status);
    assertThat(seen.kinds()).isEmpty();
    assertThat(seen.faults())
        .allMatch(words -> words.startsWith("[127.0.0.1] the certificate ends on "))
        .allMatch(words -> words.endsWith("; renewal should have happened"));
  }

  @Test
  void hostWithoutTlsShouldHaveOneFault() {
    HostSight without =
        judge(Dane.without("mx"), new SmtpResult.NoStartTls("it offers no STARTTLS"), true);
    HostSight broken =
        judge(Dane.without("mx"), new SmtpResult.HandshakeBroken("the handshake failed"), true);

    assertThat(statuses(without)).isEqualTo("FAILING UNKNOWN UNKNOWN UNKNOWN");
    assertThat(without.check(MxCheck.STARTTLS))
        .isEqualTo(
            Seen.failing("[127.0.0.1] it offers no STARTTLS", FailureKind.STARTTLS_NOT_SUPPORTED));
    assertThat(broken.check(MxCheck.STARTTLS))
        .isEqualTo(
            Seen.failing("[127.0.0.1] the handshake failed", FailureKind.VALIDATION_FAILURE));
  }

  /** It may be over in a minute, and still it is what a sender reports. */
  @Test
  void hostWithoutTlsForNowShouldBeUnknownAndConfirmAReport() {
    HostSight notNow =
        judge(Dane.without("mx"), new SmtpResult.NotNow("it answered with 454"), true);

    assertThat(statuses(notNow)).isEqualTo("UNKNOWN UNKNOWN UNKNOWN UNKNOWN");
    assertThat(notNow.check(MxCheck.STARTTLS))
        .isEqualTo(
            Seen.unknown("[127.0.0.1] it answered with 454", FailureKind.STARTTLS_NOT_SUPPORTED));
  }

  @Test
  void hostThatIsNotReachedShouldBeUnknown() {
    HostSight sight =
        judge(Dane.without("mx"), new SmtpResult.Unreached("it greeted with 421", true), true);

    assertThat(statuses(sight)).isEqualTo("UNKNOWN UNKNOWN UNKNOWN UNKNOWN");
    assertThat(sight.check(MxCheck.DANE).faults())
        .containsExactly("[127.0.0.1] it greeted with 421");
  }

  /** Which records the host has besides a certificate of 80 days or one that ends tomorrow. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          key                | 80 | OK           |
          key, other         | 80 | OK           | a roll-over is under way: remove the old TLSA record when its TTL is over
          certificate        | 80 | OK           |
          certificate        | 1  | OK           | the TLSA record dies with the certificate: publish the next one before the renewal, or pin the key (3 1 1)
          key                | 1  | OK           |
          other              | 80 | FAILING      | 3 1 1
          unusable           | 80 | FAILING      | usage 1 does not count on port 25
          """)
  void certificateShouldMatchARecord(String records, int left, CheckStatus status, String words)
      throws Exception {
    Instant ends = now.plus(Duration.ofDays(left));
    ServerCertificate shown =
        TestCa.selfSigned(
            CertificatePlan.naming("any.example").valid(ends.minus(Duration.ofDays(90)), ends));
    TlsaRecord[] all =
        Arrays.stream(records.split(", ", -1))
            .map(record -> record(record, shown))
            .toArray(TlsaRecord[]::new);
    Seen seen = judge(Dane.secure("mx", all), tls(shown), false).check(MxCheck.DANE);

    assertThat(seen.status()).isEqualTo(status);
    assertThat(seen.kinds())
        .isEqualTo(status == CheckStatus.FAILING ? Set.of(FailureKind.TLSA_INVALID) : Set.of());
    assertThat(String.join("; ", seen.findings())).contains(words == null ? "" : words);
  }

  private static TlsaRecord record(String kind, ServerCertificate shown) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      return switch (kind) {
        case "key" ->
            TlsaRecord.of(3, 1, 1, sha256.digest(shown.own().getPublicKey().getEncoded()));
        case "certificate" -> TlsaRecord.of(3, 0, 1, sha256.digest(shown.own().getEncoded()));
        case "other" -> Dane.GOOD;
        default -> Dane.UNUSABLE;
      };
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void recordsWithoutDnssecShouldNotBeCompared() {
    SmtpResult shown = tls(root.issue(HOST));

    assertThat(judge(Dane.insecure("mx"), shown, true).check(MxCheck.DANE))
        .isEqualTo(
            new Seen(
                CheckStatus.ABSENT,
                Set.of(FailureKind.DANE_REQUIRED),
                List.of("TLSA records without DNSSEC: nobody uses them"),
                List.of()));
    assertThat(judge(Dane.silent("mx"), shown, true).check(MxCheck.DANE).status())
        .isEqualTo(CheckStatus.UNKNOWN);
    assertThat(judge(Dane.bogus("mx"), shown, true).check(MxCheck.DANE).kinds())
        .isEqualTo(Set.of(FailureKind.DNSSEC_INVALID));
  }

  @ParameterizedTest
  @CsvSource({"true", "false"})
  void resolverThatDoesNotValidateShouldSayNothing(boolean bogus) {
    HostAnswers answers = bogus ? Dane.bogus("mx") : Dane.secure("mx", Dane.GOOD);
    HostSight sight =
        judgement.judge(
            answers,
            InetAddress.getLoopbackAddress(),
            tls(root.issue(HOST)),
            true,
            Optional.of(false),
            now);

    assertThat(sight.check(MxCheck.DANE))
        .isEqualTo(Seen.unknown("the resolver of this server does not validate DNSSEC"));
  }

  private HostSight judge(HostAnswers answers, SmtpResult result, boolean inForce) {
    return judgement.judge(
        answers, InetAddress.getLoopbackAddress(), result, inForce, VALIDATES, now);
  }

  private static SmtpResult tls(ServerCertificate shown) {
    return new SmtpResult.Tls(new TlsSession("TLSv1.3", "TLS_AES_128_GCM_SHA256", shown.chain()));
  }

  private static String statuses(HostSight sight) {
    return String.join(
        " ", Arrays.stream(MxCheck.values()).map(c -> sight.check(c).status().name()).toList());
  }
}
