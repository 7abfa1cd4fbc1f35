// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.figures;

import static io.tlsrpt.figures.Reports.entry;
import static io.tlsrpt.figures.Reports.failed;
import static io.tlsrpt.figures.Reports.sts;
import static io.tlsrpt.figures.Reports.tlsa;
import static org.assertj.core.api.Assertions.assertThat;

import io.tlsrpt.report.FailureDetails;
import io.tlsrpt.report.MtaStsMode;
import io.tlsrpt.report.PolicyResult;
import io.tlsrpt.report.PolicyType;
import io.tlsrpt.report.ReportLimits;
import io.tlsrpt.report.ResultType;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ContributionTest {
  @Test
  void sameSessionsSeenTwiceShouldCountOnce() {
    assertThat(of(sts(98, 2), tlsa(101, 0)).headline()).isEqualTo(new SessionCounts(99, 2));
    assertThat(of(sts(2, 0), tlsa(2, 0)).headline()).isEqualTo(new SessionCounts(2, 0));
    assertThat(of(sts(0, 5), tlsa(3, 1)).headline()).isEqualTo(new SessionCounts(0, 5));
  }

  @Test
  void entriesOfOneTypeShouldBeAdded() {
    assertThat(of(sts(12, 0), sts(0, 2)).headline()).isEqualTo(new SessionCounts(12, 2));
  }

  @Test
  void sessionsWithoutPolicyAndOfUnknownTypesShouldBeAdded() {
    Contribution contribution =
        of(
            sts(10, 1),
            entry(PolicyType.NO_POLICY_FOUND, List.of(), 5, 2),
            entry(new PolicyType("quantum"), List.of(), 3, 0));

    assertThat(contribution.headline()).isEqualTo(new SessionCounts(18, 3));
    assertThat(contribution.byPolicyKind())
        .isEqualTo(
            Map.of(
                PolicyKind.STS, new SessionCounts(10, 1),
                PolicyKind.NO_POLICY_FOUND, new SessionCounts(5, 2),
                PolicyKind.OTHER, new SessionCounts(3, 0)));
  }

  @Test
  void failuresThatNoDetailExplainsShouldBeUnspecified() {
    assertThat(of(sts(0, 10, failed("tlsa-invalid", 3), failed("quantum", 1))).failures())
        .isEqualTo(
            FailureCounts.of(
                Map.of(
                    FailureKind.TLSA_INVALID, 3L,
                    FailureKind.OTHER, 1L,
                    FailureKind.UNSPECIFIED, 6L)));
  }

  @Test
  void detailsThatExceedTheSummaryShouldBeTakenAsTheyAre() {
    Contribution contribution =
        of(sts(5, 1, failed("certificate-expired", 2), failed("certificate-expired", 3)));

    assertThat(contribution.headline()).isEqualTo(new SessionCounts(5, 1));
    assertThat(contribution.failures())
        .isEqualTo(FailureCounts.of(Map.of(FailureKind.CERTIFICATE_EXPIRED, 5L)));
  }

  @Test
  void aSenderShouldNotBeAbleToNameOurOwnKinds() {
    assertThat(of(sts(0, 2, failed("unspecified", 2))).failures())
        .isEqualTo(FailureCounts.of(Map.of(FailureKind.OTHER, 2L)));
  }

  @Test
  void lastReadableModeShouldCount() {
    assertThat(
            of(
                    entry(PolicyType.STS, List.of("mode: testing"), 1, 0),
                    entry(PolicyType.STS, List.of("mode: enforce"), 1, 0),
                    tlsa(1, 0))
                .mode())
        .isEqualTo(MtaStsMode.ENFORCE);
  }

  @Test
  void detailsShouldBeFewAndNameEachMx() {
    FailureDetails[] many = Collections.nCopies(900, at("mx1")).toArray(FailureDetails[]::new);
    FailureDetails[] more = Collections.nCopies(900, at("mx2")).toArray(FailureDetails[]::new);
    Contribution contribution = of(sts(0, 900, many), tlsa(0, 900, more));

    assertThat(contribution.failures().of(FailureKind.CERTIFICATE_EXPIRED)).isEqualTo(1_800);
    assertThat(contribution.details()).hasSizeBetween(500, 1_000);
    assertThat(contribution.receivingMx(FailureKind.CERTIFICATE_EXPIRED))
        .containsExactly("mx1", "mx2");
  }

  private static FailureDetails at(String receivingMx) {
    return new FailureDetails(
        new ResultType("certificate-expired"),
        Optional.empty(),
        Optional.of(receivingMx),
        Optional.empty(),
        Optional.empty(),
        1,
        Optional.empty(),
        Optional.empty());
  }

  @Test
  void countsShouldBePlausibleInSumToo() {
    long most = ReportLimits.MAX_COUNT;

    assertThat(of(sts(most, 0), tlsa(0, most)).isPlausible()).isTrue();
    assertThat(of(sts(most, 0), sts(0, 1)).isPlausible()).isFalse();
    assertThat(
            of(sts(1, 0, failed("tlsa-invalid", most), failed("dane-required", 1))).isPlausible())
        .isFalse();
  }

  private static Contribution of(PolicyResult... entries) {
    return Reports.contribution(
        Reports.report(
            "reporter.example", LocalDate.EPOCH, Instant.parse("1970-01-02T15:00:00Z"), entries));
  }
}
