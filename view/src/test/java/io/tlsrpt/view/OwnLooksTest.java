// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.tlsrpt.figures.Contribution;
import io.tlsrpt.figures.DomainFigures;
import io.tlsrpt.figures.DomainState;
import io.tlsrpt.figures.FailureCounts;
import io.tlsrpt.figures.FailureKind;
import io.tlsrpt.figures.FailureWindow;
import io.tlsrpt.figures.FiguresRules;
import io.tlsrpt.figures.PolicyKind;
import io.tlsrpt.figures.SessionCounts;
import io.tlsrpt.figures.posture.CheckStatus;
import io.tlsrpt.figures.posture.Judgement;
import io.tlsrpt.figures.posture.MxCheck;
import io.tlsrpt.figures.posture.Postures;
import io.tlsrpt.figures.posture.Postures.Level;
import io.tlsrpt.figures.posture.PublishedMode;
import io.tlsrpt.figures.posture.Seen;
import io.tlsrpt.figures.posture.Verdict;
import io.tlsrpt.report.DateRange;
import io.tlsrpt.report.DomainName;
import io.tlsrpt.report.MtaStsMode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is looked at where reports name a domain, or an MX host as RFC 8460 §4.4 has it. */
class OwnLooksTest {
  private static final String DOMAIN = "example.com";
  private static final String MX = "mx.example.com";
  private static final Seen OTHER_KEY =
      Seen.failing("no TLSA record fits the key", FailureKind.TLSA_INVALID);

  private final Looked looked = new Looked();

  @Test
  void domainShouldBeJudgedByItsHosts() {
    looked
        .domain(DOMAIN, PublishedMode.ENFORCE, Map.of(), MX)
        .host(MX, 1, Map.of(MxCheck.DANE, OTHER_KEY));

    assertThat(judge(DOMAIN, FailureKind.TLSA_INVALID).verdict()).isEqualTo(Verdict.CONFIRMED);
  }

  @Test
  void hostShouldBeJudgedByWhatIsSeenOfIt() {
    looked.ownHost(MX).host(MX, 1, Map.of(MxCheck.DANE, OTHER_KEY));

    Judgement judgement = judge(MX, FailureKind.TLSA_INVALID);
    assertThat(judgement.verdict()).isEqualTo(Verdict.CONFIRMED);
    assertThat(judgement.evidence())
        .singleElement()
        .asString()
        .contains("mx.example.com", "no TLSA record fits the key");
    assertThat(judgement.lookedAt()).hasValue(Looked.NOW);
  }

  @Test
  void goodHostShouldNotBeSeenToFail() {
    looked.ownHost(MX).host(MX, 1, Map.of());

    for (FailureKind kind : FailureKind.values()) {
      assertThat(judge(MX, kind).verdict())
          .as(kind.key())
          .isEqualTo(kind.key().startsWith("sts-") ? Verdict.OFF : Verdict.NOT_SEEN);
    }
  }

  /** There is no MTA-STS policy, so nobody judges the certificate but by the TLSA records. */
  @ParameterizedTest
  @EnumSource(
      value = FailureKind.class,
      names = {"CERTIFICATE_EXPIRED", "CERTIFICATE_NOT_TRUSTED", "VALIDATION_FAILURE"})
  void certificateOfAHostShouldBeJudgedByItsTlsaRecords(FailureKind kind) {
    Seen noPolicy = Seen.absent("no policy asks for a certificate");
    looked.ownHost(MX).host(MX, 1, Map.of(MxCheck.DANE, OTHER_KEY, MxCheck.CERTIFICATE, noPolicy));

    assertThat(judge(MX, kind).verdict()).isEqualTo(Verdict.CONFIRMED);
  }

  @Test
  void hostWithoutTlsaRecordsShouldPublishOtherwise() {
    looked.ownHost(MX).host(MX, 1, Map.of(MxCheck.DANE, Seen.absent("no TLSA records")));

    assertThat(judge(MX, FailureKind.TLSA_INVALID).verdict())
        .isEqualTo(Verdict.PUBLISHED_OTHERWISE);
  }

  @Test
  void hostWithoutTlsaRecordsShouldConfirmThatDaneIsRequired() {
    looked
        .ownHost(MX)
        .host(
            MX,
            1,
            Map.of(
                MxCheck.DANE,
                new Seen(
                    CheckStatus.ABSENT,
                    Set.of(FailureKind.DANE_REQUIRED),
                    List.of("no TLSA records"),
                    List.of())));

    assertThat(judge(MX, FailureKind.DANE_REQUIRED).verdict()).isEqualTo(Verdict.CONFIRMED);
  }

  @Test
  void hostShouldSayWhatWouldShowItIfHostsAreNotLookedAt() {
    looked.ownHost(MX).at(Level.DNS);

    assertThat(judge(MX, FailureKind.TLSA_INVALID))
        .isEqualTo(off("not looked at: checks=own-mx, or mx would show it"));
  }

  @Test
  void hostThatWasNotLookedAtYetShouldBeUnknown() {
    looked.ownHost(MX);

    Judgement judgement = judge(MX, FailureKind.TLSA_INVALID);
    assertThat(judgement.verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(judgement.evidence()).first().asString().startsWith("nothing is known of this MX");
  }

  @Test
  void domainByAPatternShouldNotBeLookedAt() {
    assertThat(judge("a.example.com", FailureKind.TLSA_INVALID))
        .isEqualTo(off("not looked at: only domains that are ours by exact name are"));
  }

  @Test
  void nothingShouldBeSaidWithoutChecks() {
    DomainFigures figures = figures(DOMAIN, FailureKind.TLSA_INVALID);

    assertThat(OwnLooks.judge(figures, figures.failures().getFirst(), Postures.NONE, Looked.NOW))
        .isEqualTo(off("not looked at: checks is off"));
  }

  private static Judgement off(String why) {
    return new Judgement(Verdict.OFF, List.of(why), Optional.empty());
  }

  private Judgement judge(String domain, FailureKind kind) {
    DomainFigures figures = figures(domain, kind);
    return OwnLooks.judge(figures, figures.failures().getFirst(), looked, Looked.NOW);
  }

  private static DomainFigures figures(String name, FailureKind kind) {
    DomainName domain = new DomainName(name);
    Instant receivedAt = Instant.parse("2026-11-24T15:00:00Z");
    SessionCounts sessions = new SessionCounts(5, 3);
    return DomainState.of(domain)
        .plus(
            new Contribution(
                new DomainName("good.example"),
                receivedAt,
                new DateRange(
                    Instant.parse("2026-11-23T00:00:00Z"), Instant.parse("2026-11-23T23:59:59Z")),
                domain,
                sessions,
                Map.of(PolicyKind.TLSA, sessions),
                FailureCounts.of(Map.of(kind, 3L)),
                MtaStsMode.UNKNOWN,
                List.of()),
            receivedAt,
            FailureWindow.DEFAULT)
        .figures(Looked.NOW, new FiguresRules(FailureWindow.DEFAULT, UnaryOperator.identity()));
  }
}
