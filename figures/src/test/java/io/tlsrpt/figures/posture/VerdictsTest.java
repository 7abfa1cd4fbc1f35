// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.figures.posture;

import static org.assertj.core.api.Assertions.assertThat;

import io.tlsrpt.figures.FailureKind;
import io.tlsrpt.report.DomainName;
import io.tlsrpt.report.MtaStsMode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class VerdictsTest {
  private static final Instant NOW = Instant.parse("2026-11-25T14:02:00Z");
  private static final String MX = "mx.example.com";
  private static final DomainName DOMAIN = new DomainName("example.com");

  private final Map<DomainCheck, CheckState> domain = new EnumMap<>(DomainCheck.class);
  private final Map<MxCheck, CheckState> host = new EnumMap<>(MxCheck.class);
  private static final PublishedPolicy POLICY =
      new PublishedPolicy(
          PublishedMode.ENFORCE,
          "20261101",
          Duration.ofDays(7),
          List.of(MX),
          Optional.of(Instant.parse("2026-11-22T08:00:00Z")));

  VerdictsTest() {
    for (DomainCheck check : DomainCheck.values()) {
      domain.put(check, looked(Seen.OK));
    }
    for (MxCheck check : MxCheck.values()) {
      host.put(check, looked(Seen.OK));
    }
  }

  /** Each cell of "confirmed by": the check that is failing, and as what it would be reported. */
  @ParameterizedTest
  @CsvSource({
    "STARTTLS_NOT_SUPPORTED, STARTTLS, STARTTLS_NOT_SUPPORTED",
    "CERTIFICATE_HOST_MISMATCH, CERTIFICATE, CERTIFICATE_HOST_MISMATCH",
    "CERTIFICATE_EXPIRED, CERTIFICATE, CERTIFICATE_EXPIRED",
    "CERTIFICATE_EXPIRED, CERTIFICATE, CERTIFICATE_NOT_TRUSTED",
    "CERTIFICATE_NOT_TRUSTED, CERTIFICATE, CERTIFICATE_NOT_TRUSTED",
    "CERTIFICATE_NOT_TRUSTED, CERTIFICATE, CERTIFICATE_EXPIRED",
    "VALIDATION_FAILURE, STARTTLS, VALIDATION_FAILURE",
    "VALIDATION_FAILURE, CERTIFICATE, CERTIFICATE_HOST_MISMATCH",
    "VALIDATION_FAILURE, CERTIFICATE, CERTIFICATE_EXPIRED",
    "TLSA_INVALID, DANE, TLSA_INVALID",
    "DNSSEC_INVALID, DANE, DNSSEC_INVALID",
    "OTHER, STARTTLS, STARTTLS_NOT_SUPPORTED",
    "UNSPECIFIED, CERTIFICATE, CERTIFICATE_EXPIRED"
  })
  void failingCheckOfTheHostShouldConfirm(FailureKind reported, MxCheck check, FailureKind seen) {
    host.put(check, looked(Seen.failing("the fault", seen)));

    Judgement judgement = judge(reported);

    assertThat(judgement)
        .isEqualTo(
            new Judgement(
                Verdict.CONFIRMED,
                List.of("confirmed 25 Nov 2026 13:00 UTC: " + MX + ": the fault"),
                Optional.of(Instant.parse("2026-11-25T13:00:00Z"))));
  }

  @ParameterizedTest
  @CsvSource({
    "CERTIFICATE_HOST_MISMATCH, MX, CERTIFICATE_HOST_MISMATCH",
    "VALIDATION_FAILURE, MX, VALIDATION_FAILURE",
    "VALIDATION_FAILURE, MTA_STS, STS_POLICY_INVALID",
    "VALIDATION_FAILURE, MTA_STS, STS_POLICY_FETCH_ERROR",
    "STS_POLICY_FETCH_ERROR, MTA_STS, STS_POLICY_FETCH_ERROR",
    "STS_POLICY_INVALID, MTA_STS, STS_POLICY_INVALID",
    "STS_WEBPKI_INVALID, MTA_STS, STS_WEBPKI_INVALID",
    "TLSA_INVALID, DANE, TLSA_INVALID",
    "DNSSEC_INVALID, DANE, DNSSEC_INVALID",
    "OTHER, MTA_STS, STS_POLICY_INVALID",
    "UNSPECIFIED, DANE, DNSSEC_INVALID"
  })
  void failingCheckOfTheDomainShouldConfirm(
      FailureKind reported, DomainCheck check, FailureKind seen) {
    domain.put(check, looked(Seen.failing("the fault", seen)));

    Judgement judgement = judge(reported);

    assertThat(judgement.verdict()).isEqualTo(Verdict.CONFIRMED);
    assertThat(judgement.evidence()).containsExactly("confirmed 25 Nov 2026 13:00 UTC: the fault");
  }

  /** What fails belongs to another kind of failure. */
  @ParameterizedTest
  @CsvSource({
    "STARTTLS_NOT_SUPPORTED, CERTIFICATE, CERTIFICATE_EXPIRED",
    "CERTIFICATE_HOST_MISMATCH, CERTIFICATE, CERTIFICATE_EXPIRED",
    "CERTIFICATE_EXPIRED, CERTIFICATE, CERTIFICATE_HOST_MISMATCH",
    "TLSA_INVALID, DANE, DNSSEC_INVALID"
  })
  void anotherFaultShouldNotConfirm(FailureKind reported, MxCheck check, FailureKind seen) {
    host.put(check, looked(Seen.failing("the fault", seen)));

    assertThat(judge(reported).verdict()).isNotEqualTo(Verdict.CONFIRMED);
  }

  @Test
  void policyThatCannotBeReachedShouldBeConfirmedByTwoObservers() {
    domain.put(
        DomainCheck.MTA_STS,
        looked(Seen.unknown("no connection", FailureKind.STS_POLICY_FETCH_ERROR)));

    assertThat(judge(FailureKind.STS_POLICY_FETCH_ERROR).verdict()).isEqualTo(Verdict.CONFIRMED);
  }

  @Test
  void lackOfDaneShouldConfirmThatItIsRequired() {
    publishNoTlsaRecords();

    assertThat(judge(FailureKind.DANE_REQUIRED).verdict()).isEqualTo(Verdict.CONFIRMED);
  }

  /** Most reports without details come from domains without DANE. */
  @ParameterizedTest
  @EnumSource(
      value = FailureKind.class,
      names = {"OTHER", "UNSPECIFIED"})
  void lackOfDaneShouldNotConfirmAFailureWithoutAType(FailureKind kind) {
    publishNoTlsaRecords();
    host.put(MxCheck.STARTTLS, looked(Seen.unknown("454", FailureKind.STARTTLS_NOT_SUPPORTED)));

    assertThat(judge(kind).verdict()).isEqualTo(Verdict.UNKNOWN);
  }

  private void publishNoTlsaRecords() {
    domain.put(
        DomainCheck.DANE,
        looked(
            new Seen(
                CheckStatus.ABSENT,
                Set.of(FailureKind.DANE_REQUIRED),
                List.of("no TLSA records"),
                List.of())));
  }

  @Test
  void faultThatOurLooksSawShouldBeMended() {
    host.put(
        MxCheck.CERTIFICATE,
        CheckState.before(Seen.NOT_YET, NOW.minus(Duration.ofDays(2)))
            .after(
                Seen.failing("its certificate ended", FailureKind.CERTIFICATE_EXPIRED),
                Instant.parse("2026-11-25T12:00:00Z"))
            .after(Seen.OK, Instant.parse("2026-11-25T13:00:00Z")));

    Judgement judgement = judge(FailureKind.CERTIFICATE_EXPIRED);

    assertThat(judgement.verdict()).isEqualTo(Verdict.MENDED);
    assertThat(judgement.evidence())
        .containsExactly(
            "mended: mx.example.com: its certificate ended until 25 Nov 2026 12:00 UTC, good since"
                + " 25 Nov 2026 13:00 UTC");
  }

  @Test
  void faultBeforeTheFirstFailingDayShouldNotBeMended() {
    host.put(
        MxCheck.CERTIFICATE,
        CheckState.before(Seen.NOT_YET, NOW.minus(Duration.ofDays(9)))
            .after(
                Seen.failing("its certificate ended", FailureKind.CERTIFICATE_EXPIRED),
                NOW.minus(Duration.ofDays(8)))
            .after(Seen.OK, NOW.minus(Duration.ofDays(7))));

    assertThat(judge(FailureKind.CERTIFICATE_EXPIRED).verdict()).isEqualTo(Verdict.NOT_SEEN);
  }

  @Test
  void hostThatIsNoMxAnyMoreShouldBePublishedOtherwise() {
    Judgement judgement =
        verdicts().judge(reported(FailureKind.STARTTLS_NOT_SUPPORTED, "OLD.example.com."));

    assertThat(judgement.verdict()).isEqualTo(Verdict.PUBLISHED_OTHERWISE);
    assertThat(judgement.evidence())
        .containsExactly("published otherwise: old.example.com is no MX host any more");
  }

  @ParameterizedTest
  @EnumSource(names = {"VALIDATION_FAILURE", "CERTIFICATE_HOST_MISMATCH"})
  void policyThatCoversTheHostShouldBePublishedOtherwise(FailureKind reported) {
    Judgement judgement = judge(reported);

    assertThat(judgement.verdict()).isEqualTo(Verdict.PUBLISHED_OTHERWISE);
    assertThat(judgement.evidence())
        .containsExactly(
            "published otherwise: the policy covers mx.example.com (seen since 22 Nov 2026 08:00"
                + " UTC); senders may use an older copy until 29 Nov 2026 08:00 UTC (max_age)");
  }

  @Test
  void policyOfAnotherModeShouldBePublishedOtherwise() {
    Judgement judgement =
        verdicts().judge(reported(FailureKind.STS_POLICY_INVALID, MX, MtaStsMode.TESTING));

    assertThat(judgement.verdict()).isEqualTo(Verdict.PUBLISHED_OTHERWISE);
    assertThat(judgement.evidence().getFirst())
        .startsWith("published otherwise: the policy has mode enforce, reporters saw testing");
  }

  @Test
  void checkThatIsOffShouldSayWhatShowsIt() {
    host.put(MxCheck.STARTTLS, looked(Seen.OFF));

    Judgement judgement = judge(FailureKind.STARTTLS_NOT_SUPPORTED);

    assertThat(judgement.verdict()).isEqualTo(Verdict.OFF);
    assertThat(judgement.evidence())
        .containsExactly("mx.example.com: not looked at: checks=own-mx, or mx would show it");
  }

  @Test
  void checkWithoutAnAnswerShouldBeUnknown() {
    host.put(MxCheck.STARTTLS, looked(Seen.unknown("no connection")));

    Judgement judgement = judge(FailureKind.STARTTLS_NOT_SUPPORTED);

    assertThat(judgement.verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(judgement.evidence())
        .containsExactly("mx.example.com: nothing is known of starttls: no connection");
  }

  @Test
  void checkThatWasNotLookedAtShouldBeUnknown() {
    domain.put(DomainCheck.MTA_STS, CheckState.before(Seen.NOT_YET, NOW));

    assertThat(judge(FailureKind.STS_POLICY_INVALID).verdict()).isEqualTo(Verdict.UNKNOWN);
  }

  @ParameterizedTest
  @EnumSource(names = {"CERTIFICATE_EXPIRED", "STARTTLS_NOT_SUPPORTED", "TLSA_INVALID", "OTHER"})
  void nothingShouldBeCalledGoodBeforeTheFirstLook(FailureKind reported) {
    for (DomainCheck check : DomainCheck.values()) {
      domain.put(check, CheckState.before(Seen.NOT_YET, NOW));
    }
    Judgement judgement =
        new Verdicts(posture(List.of(), Optional.empty()), Map.of(), NOW)
            .judge(reported(reported, MX));

    assertThat(judgement.verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(judgement.evidence()).containsExactly("not looked at yet since the server's start");
    assertThat(judgement.lookedAt()).isEmpty();
  }

  @Test
  void nothingShouldBeCalledGoodWithoutAnMxHost() {
    Judgement judgement =
        new Verdicts(posture(List.of(), Optional.of(NOW)), Map.of(), NOW)
            .judge(reported(FailureKind.CERTIFICATE_EXPIRED, MX));

    assertThat(judgement.verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(judgement.evidence())
        .containsExactly("nothing is known of starttls: no MX host is known");
  }

  @Test
  void certificateForWhichNobodyAsksShouldNotBeCalledGood() {
    host.put(
        MxCheck.CERTIFICATE,
        looked(
            Seen.absent("no policy asks for a certificate")
                .noting(List.of("it ended on 2026-11-20"))));

    Judgement judgement = judge(FailureKind.CERTIFICATE_EXPIRED);

    assertThat(judgement.verdict()).isEqualTo(Verdict.PUBLISHED_OTHERWISE);
    assertThat(judgement.evidence())
        .containsExactly(
            "published otherwise: mx.example.com: no policy asks for a certificate",
            "published otherwise: mx.example.com: it ended on 2026-11-20");
  }

  @Test
  void recordsThatAreGoneShouldBePublishedOtherwise() {
    domain.put(DomainCheck.DANE, looked(Seen.absent("no TLSA records")));

    Judgement judgement = judge(FailureKind.TLSA_INVALID);

    assertThat(judgement.verdict()).isEqualTo(Verdict.PUBLISHED_OTHERWISE);
    assertThat(judgement.evidence()).containsExactly("published otherwise: no TLSA records");
  }

  @Test
  void goodChecksShouldNotSeeTheFailure() {
    Judgement judgement = judge(FailureKind.CERTIFICATE_EXPIRED);

    assertThat(judgement.verdict()).isEqualTo(Verdict.NOT_SEEN);
    assertThat(judgement.evidence())
        .containsExactly(
            "not seen from here: mx.example.com [192.0.2.25] offers STARTTLS with TLSv1.3,"
                + " certificate good until 1 Feb 2027",
            "only reporter.example reports it",
            "reports speak of the day before: one more day may still tell of it");
  }

  @ParameterizedTest
  @EnumSource(FailureKind.class)
  void everyKindShouldHaveAVerdictAndItsReason(FailureKind kind) {
    Judgement judgement = judge(kind);

    assertThat(judgement.evidence()).isNotEmpty().hasSizeLessThanOrEqualTo(5);
  }

  private Judgement judge(FailureKind kind) {
    return verdicts().judge(reported(kind, MX));
  }

  private Verdicts verdicts() {
    Posture posture =
        posture(List.of(new Posture.MxRecord(10, MX)), Optional.of(NOW.minus(Duration.ofHours(1))));
    MxPosture mx =
        new MxPosture(
            MX,
            1,
            host,
            Optional.of(
                new MxPosture.Tls(
                    "192.0.2.25", "TLSv1.3", Instant.parse("2027-02-01T00:00:00Z"), "Example CA")),
            Optional.empty());
    return new Verdicts(posture, Map.of(MX, mx), NOW);
  }

  private Posture posture(List<Posture.MxRecord> mxHosts, Optional<Instant> lastLook) {
    return new Posture(
        DOMAIN, domain, POLICY, mxHosts, Optional.empty(), lastLook, Optional.empty());
  }

  private static Reported reported(FailureKind kind, String mx) {
    return reported(kind, mx, MtaStsMode.ENFORCE);
  }

  private static Reported reported(FailureKind kind, String mx, MtaStsMode mode) {
    return new Reported(
        kind,
        List.of(mx),
        LocalDate.of(2026, 11, 24),
        LocalDate.of(2026, 11, 24),
        List.of("reporter.example"),
        2,
        mode);
  }

  private static CheckState looked(Seen seen) {
    return CheckState.before(Seen.NOT_YET, NOW.minus(Duration.ofDays(2)))
        .after(seen, NOW.minus(Duration.ofMinutes(62)));
  }
}
