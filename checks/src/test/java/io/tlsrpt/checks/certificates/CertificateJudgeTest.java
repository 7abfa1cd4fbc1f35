// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.checks.certificates;

import static org.assertj.core.api.Assertions.assertThat;

import io.tlsrpt.checks.NothingLeft;
import io.tlsrpt.checks.certificates.CertificateFault.Kind;
import io.tlsrpt.checks.words.Words;
import io.tlsrpt.report.DomainName;
import io.tlsrpt.testing.tls.CertificatePlan;
import io.tlsrpt.testing.tls.KeyKind;
import io.tlsrpt.testing.tls.LoopbackServer;
import io.tlsrpt.testing.tls.ServerCertificate;
import io.tlsrpt.testing.tls.TestCa;
import java.io.IOException;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("slow")
@ExtendWith(NothingLeft.class)
class CertificateJudgeTest {
  private static final String HOST = "mx.example.com";
  private static final TestCa ROOT = TestCa.root("Root");
  private static final TestCa CA = ROOT.intermediate("Intermediate");
  private static final CertificatePlan PLAN = CertificatePlan.naming(HOST);
  private static final Instant BEGINS = PLAN.begins().truncatedTo(ChronoUnit.SECONDS);
  private static final Instant ENDS = PLAN.ends().truncatedTo(ChronoUnit.SECONDS);
  private static final Instant NOW = BEGINS.plus(Duration.ofDays(30));

  private final CertificateJudge judge = CertificateJudge.withRoots(List.of(ROOT.certificate()));

  @ParameterizedTest
  @EnumSource(KeyKind.class)
  void goodCertificateShouldHaveNoFault(KeyKind kind) {
    TestCa root = TestCa.root("Other", kind);
    ServerCertificate certificate = root.intermediate("Below").issue(PLAN.key(kind));

    CertificateJudgement judgement =
        CertificateJudge.withRoots(List.of(root.certificate()))
            .judge(certificate.chain(), new DomainName(HOST), NOW);

    assertThat(judgement.faults()).isEmpty();
    assertThat(judgement.good()).isTrue();
    assertThat(judgement.lasts()).isTrue();
    assertThat(judgement.ends()).isEqualTo(ENDS);
    assertThat(judgement.ending()).isEqualTo("ends on " + Words.date(ENDS) + ", in 60 days");
    assertThat(judgement.issuer()).isEqualTo("CN=Below");
  }

  @Test
  void rootAndOldCertificatesInTheChainShouldDoNoHarm() {
    ServerCertificate certificate =
        CA.issue(PLAN)
            .with(
                ROOT.certificate(),
                TestCa.root("Old")
                    .intermediate("Gone", NOW.minusSeconds(9_000), NOW.minusSeconds(1))
                    .certificate());

    CertificateJudgement judgement = judge(certificate);

    assertThat(judgement.faults()).isEmpty();
    assertThat(judgement.ends()).isEqualTo(ENDS);
  }

  @ParameterizedTest
  @CsvSource({
    "mx.example.com, true",
    "MX.Example.COM, true",
    "*.example.com, true",
    "example.com, false",
    "*.mx.example.com, false",
    "*.com, false",
    "m*.example.com, false",
  })
  void nameShouldFitAsAWhole(String name, boolean fits) {
    assertThat(judge(CA.issue(CertificatePlan.naming(name).valid(BEGINS, ENDS))).has(Kind.NAME))
        .isNotEqualTo(fits);
  }

  @Test
  void certificateForOthersShouldSayForWhom() {
    assertThat(judge(CA.issue("a.example", "b.example")).faults())
        .containsExactly(fault(Kind.NAME, "it does not name the host, but a.example, b.example"));
  }

  @Test
  void manyNamesShouldBeCounted() {
    String[] names =
        IntStream.range(0, 100).mapToObj(i -> "host" + i + ".example").toArray(String[]::new);

    assertThat(judge(CA.issue(names)).faults())
        .containsExactly(
            fault(
                Kind.NAME,
                "it does not name the host, but host0.example, host1.example, host2.example and 97"
                    + " more"));
  }

  @Test
  void commonNameShouldNotCount() {
    assertThat(judge(CA.issue(CertificatePlan.withCommonNameOnly(HOST))).faults())
        .containsExactly(
            fault(
                Kind.NAME,
                "it has no dNSName, and its common name does not count: CN=mx.example.com"));
  }

  @Test
  void namesShouldBePlainTextAndShort() {
    ServerCertificate hostile =
        CA.issue("own.example", "<html>" + "x".repeat(300), "a\nb\u0001", "more");

    assertThat(judge(hostile).faults())
        .singleElement()
        .satisfies(
            fault ->
                assertThat(fault.words())
                    .startsWith("it does not name the host, but own.example, \\u003chtml>x")
                    .endsWith(" and 1 more")
                    .doesNotContain("<", "\n", "\u0001")
                    .hasSizeLessThanOrEqualTo(200));
  }

  @Test
  void certificateThatEndedShouldBeExpiredAndNothingElse() {
    CertificateJudgement judgement =
        judge.judge(CA.issue(PLAN).chain(), new DomainName(HOST), ENDS.plus(Duration.ofDays(3)));

    assertThat(judgement.faults())
        .containsExactly(fault(Kind.DATE, "it ended on " + Words.date(ENDS)));
    assertThat(judgement.lasts()).isFalse();
    assertThat(judgement.ending()).isEqualTo("ended on " + Words.date(ENDS));
  }

  @Test
  void intermediateThatEndedShouldBeNamed() {
    Instant ended = NOW.minus(Duration.ofDays(2)).truncatedTo(ChronoUnit.SECONDS);
    TestCa gone = ROOT.intermediate("Gone", NOW.minus(Duration.ofDays(300)), ended);

    CertificateJudgement judgement = judge(gone.issue(PLAN));

    assertThat(judgement.faults())
        .containsExactly(
            fault(Kind.DATE, "the intermediate CN=Gone ended on " + Words.date(ended)));
    assertThat(judgement.ends()).isEqualTo(ended);
  }

  @Test
  void intermediateThatEndsFirstShouldBeTheEnd() {
    Instant soon = NOW.plus(Duration.ofDays(3)).truncatedTo(ChronoUnit.SECONDS);
    TestCa ending = ROOT.intermediate("Ending", NOW.minus(Duration.ofDays(300)), soon);

    CertificateJudgement judgement = judge(ending.issue(PLAN));

    assertThat(judgement.faults()).isEmpty();
    assertThat(judgement.ends()).isEqualTo(soon);
    assertThat(judgement.lasts()).isFalse();
  }

  @Test
  void certificateOfTomorrowShouldNameTheClock() {
    CertificateJudgement judgement =
        judge.judge(CA.issue(PLAN).chain(), new DomainName(HOST), BEGINS.minus(Duration.ofDays(1)));

    assertThat(judgement.faults())
        .containsExactly(
            fault(
                Kind.DATE,
                "it is not valid before "
                    + Words.date(BEGINS)
                    + ", or the clock of this server is wrong"));
  }

  @Test
  void selfSignedCertificateShouldBeToldAsSuch() {
    assertThat(judge(TestCa.selfSigned(PLAN)).faults())
        .containsExactly(fault(Kind.TRUST, "it is self-signed"));
  }

  @Test
  void missingIntermediateShouldBeToldAsSuch() {
    assertThat(judge(CA.issue(PLAN).alone()).faults())
        .containsExactly(
            fault(
                Kind.TRUST,
                "its issuer is no trusted root, and the intermediate was not sent:"
                    + " CN=Intermediate"));
  }

  @Test
  void strangeRootShouldBeNamedWhetherSentOrNot() {
    TestCa strange = TestCa.root("Strange");
    ServerCertificate certificate = strange.intermediate("Below").issue(PLAN);

    assertThat(judge(certificate).faults())
        .containsExactly(
            fault(
                Kind.TRUST,
                "the issuer of the last certificate sent is no trusted root: CN=Strange"));
    assertThat(judge(certificate.with(strange.certificate())).faults())
        .containsExactly(fault(Kind.TRUST, "its root is not trusted: CN=Strange"));
  }

  @Test
  void rootThatOnlyBearsTheNameShouldNotBeTrusted() {
    assertThat(judge(TestCa.root("Root").issue(PLAN)).faults())
        .singleElement()
        .satisfies(
            fault -> {
              assertThat(fault.kind()).isEqualTo(Kind.TRUST);
              assertThat(fault.words()).startsWith("its path to the root CN=Root is not valid: ");
            });
  }

  @Test
  void rootThatEndedShouldNotBeTrustedAnyMore() {
    Instant later = NOW.plus(Duration.ofDays(3_700));
    ServerCertificate certificate =
        ROOT.issue(PLAN.valid(BEGINS, later.plus(Duration.ofDays(300))));

    assertThat(judge.judge(certificate.chain(), new DomainName(HOST), later).faults())
        .containsExactly(fault(Kind.TRUST, "its root is not valid at this time: CN=Root"));
  }

  @Test
  void serverThatSignedAnotherShouldNotBeTrusted() {
    ServerCertificate server = CA.issue("attacker.example");
    ServerCertificate fake = TestCa.root("attacker.example").issue(PLAN);

    assertThat(judge(fake.with(server.chain().toArray(X509Certificate[]::new))).has(Kind.TRUST))
        .isTrue();
  }

  @Test
  @Timeout(60)
  void chainInWhichEachVouchesForEachShouldCostLittle() {
    TestCa strange = TestCa.root("Strange");
    X509Certificate[] mesh =
        Stream.generate(strange::again).limit(9).toArray(X509Certificate[]::new);
    ServerCertificate certificate = strange.issue(PLAN).with(mesh);

    assertThat(judge(certificate).has(Kind.TRUST)).isTrue();
    assertThat(CertificateJudge.leadsTo(ROOT.certificate(), certificate.chain(), NOW)).isFalse();
  }

  @Test
  void allFaultsShouldBeTold() {
    CertificatePlan plan =
        CertificatePlan.naming("www.example.com").valid(BEGINS, NOW.minusSeconds(1));

    assertThat(judge(TestCa.selfSigned(plan)).faults())
        .extracting(CertificateFault::kind)
        .containsExactly(Kind.NAME, Kind.DATE, Kind.TRUST);
  }

  @ParameterizedTest
  @CsvSource({
    // Lifetime and what is left of it, in hours: the lesser of 14 days and a fifth.
    "8760, 336, true",
    "8760, 335, false",
    "2160, 336, true",
    "2160, 335, false",
    "1080, 216, true",
    "1080, 215, false",
    "144, 29, true",
    "144, 28, false",
  })
  void certificateShouldLastWithAFifthOfItsLifeOrTwoWeeks(int life, int left, boolean lasts) {
    Instant ends = NOW.plus(Duration.ofHours(left));
    CertificatePlan plan = PLAN.valid(ends.minus(Duration.ofHours(life)), ends);

    assertThat(judge(CA.issue(plan)).lasts()).isEqualTo(lasts);
  }

  @Test
  void whatACertificatePointsAtShouldNotBeFetched() throws IOException {
    try (LoopbackServer web = LoopbackServer.start(connection -> {})) {
      URI place =
          URI.create("http://" + web.address().getHostAddress() + ":" + web.port() + "/issuer");
      ServerCertificate certificate = CA.issue(PLAN.issuerAt(place));

      assertThat(judge(certificate).faults()).isEmpty();
      assertThat(judge(certificate.alone()).has(Kind.TRUST)).isTrue();
      assertThat(web.connections()).isZero();
    }
  }

  @Test
  void rootsOfTheJdkShouldNotVouchForATest() throws IOException {
    assertThat(
            CertificateJudge.withRootsOfTheJdk()
                .judge(CA.issue(PLAN).chain(), new DomainName(HOST), NOW)
                .faults())
        .extracting(CertificateFault::kind)
        .containsExactly(Kind.TRUST);
  }

  @Test
  void rootsShouldNotBeThoseOfTheServersSetting() throws IOException {
    String setting = System.getProperty("javax.net.ssl.trustStore");
    System.setProperty("javax.net.ssl.trustStore", "/nowhere");
    try {
      assertThat(TrustedRoots.ofTheJdk().anchors()).hasSizeGreaterThan(50);
    } finally {
      if (setting == null) {
        System.clearProperty("javax.net.ssl.trustStore");
      } else {
        System.setProperty("javax.net.ssl.trustStore", setting);
      }
    }
  }

  private CertificateJudgement judge(ServerCertificate certificate) {
    return judge.judge(certificate.chain(), new DomainName(HOST), NOW);
  }

  private static CertificateFault fault(Kind kind, String words) {
    return new CertificateFault(kind, words);
  }
}
