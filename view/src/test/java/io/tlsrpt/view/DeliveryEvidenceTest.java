// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.tlsrpt.figures.FailureFigures;
import io.tlsrpt.figures.FailureKind;
import io.tlsrpt.figures.posture.Judgement;
import io.tlsrpt.figures.posture.Verdict;
import io.tlsrpt.figures.receiver.TlsDelivery;
import io.tlsrpt.report.DomainName;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two reporters told of a failure of the first of June. */
class DeliveryEvidenceTest {
  private static final LocalDate DAY = LocalDate.parse("2026-06-01");
  private static final DomainName GOOD = new DomainName("good.example");
  private static final DomainName FINE = new DomainName("fine.example");
  private static final Judgement LOOKS =
      new Judgement(Verdict.NOT_SEEN, List.of("not seen from here: all is good"), Optional.empty());

  private final Map<DomainName, TlsDelivery> deliveries = new HashMap<>();

  @ParameterizedTest
  @EnumSource(
      value = FailureKind.class,
      names = {"STARTTLS_NOT_SUPPORTED", "VALIDATION_FAILURE"})
  void reportThatCameOverTlsShouldBeTold(FailureKind kind) {
    deliver(GOOD, "2026-06-02T14:05:59Z");

    assertThat(beside(LOOKS, kind))
        .isEqualTo(
            new Judgement(
                Verdict.NOT_SEEN,
                List.of(
                    "not seen from here: all is good",
                    "2 Jun 2026 14:05 UTC: a report of good.example came to this server over"
                        + " TLSv1.3; that says nothing of certificates, nor of other MX hosts"),
                Optional.empty()));
  }

  @ParameterizedTest
  @EnumSource(
      value = FailureKind.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"STARTTLS_NOT_SUPPORTED", "VALIDATION_FAILURE"})
  void itShouldSayNothingOfOtherFailures(FailureKind kind) {
    deliver(GOOD, "2026-06-02T14:05:00Z");

    assertThat(beside(LOOKS, kind)).isEqualTo(LOOKS);
  }

  @Test
  void whatCameBeforeTheFailureWasOverShouldNotBeTold() {
    deliver(GOOD, "2026-06-01T23:59:59Z");

    assertThat(beside(LOOKS, FailureKind.VALIDATION_FAILURE)).isEqualTo(LOOKS);
  }

  @Test
  void othersThanThoseWhoTellOfItShouldNotCount() {
    deliver(new DomainName("other.example"), "2026-06-02T14:05:00Z");

    assertThat(beside(LOOKS, FailureKind.VALIDATION_FAILURE)).isEqualTo(LOOKS);
  }

  @Test
  void lastOneShouldBeTold() {
    deliver(GOOD, "2026-06-02T14:05:00Z");
    deliver(FINE, "2026-06-02T15:05:00Z");

    assertThat(beside(LOOKS, FailureKind.VALIDATION_FAILURE).evidence().getLast())
        .contains("fine.example")
        .doesNotContain("good.example");
  }

  @Test
  void itShouldHaveItsPlaceBesideManyOthers() {
    deliver(GOOD, "2026-06-02T14:05:00Z");
    Judgement long5 =
        new Judgement(
            Verdict.CONFIRMED,
            IntStream.range(0, Judgement.MAX_EVIDENCE).mapToObj(i -> "line " + i).toList(),
            Optional.empty());

    assertThat(beside(long5, FailureKind.VALIDATION_FAILURE).evidence())
        .hasSize(Judgement.MAX_EVIDENCE)
        .startsWith("line 0", "line 1")
        .last()
        .asString()
        .contains("good.example");
  }

  private void deliver(DomainName reporter, String at) {
    deliveries.put(reporter, new TlsDelivery("TLSv1.3", Instant.parse(at)));
  }

  private Judgement beside(Judgement looks, FailureKind kind) {
    return DeliveryEvidence.beside(
        looks,
        new FailureFigures(kind, 3, 3, Optional.of(DAY), DAY, DAY, List.of(GOOD, FINE), List.of()),
        reporter -> Optional.ofNullable(deliveries.get(reporter)));
  }
}
