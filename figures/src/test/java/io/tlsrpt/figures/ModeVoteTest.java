// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.figures;

import static io.tlsrpt.figures.History.BIG;
import static io.tlsrpt.figures.History.GOOD;
import static io.tlsrpt.figures.History.MONDAY;
import static io.tlsrpt.figures.History.time;
import static io.tlsrpt.figures.Reports.entry;
import static io.tlsrpt.figures.Reports.failed;
import static org.assertj.core.api.Assertions.assertThat;

import io.tlsrpt.report.FailureDetails;
import io.tlsrpt.report.MtaStsMode;
import io.tlsrpt.report.PolicyResult;
import io.tlsrpt.report.PolicyType;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who decides which mode a domain has, and whether it is losing mail. */
class ModeVoteTest {
  private final History history = new History();

  @Test
  void strangersShouldNotOutvoteEstablishedReporters() {
    enforcedAndFailingFor(3);

    for (String name :
        List.of("a.evil.example", "b.evil.example", "c.mallory.example", "d.example")) {
      receive(name, 2, "none", 1);
    }

    assertThat(now().mode()).isEqualTo(MtaStsMode.ENFORCE);
    assertThat(now().losingMail()).isTrue();
  }

  @Test
  void anOrganisationShouldHaveOneVote() {
    for (int day = 0; day < 3; day++) {
      receive(GOOD, day, "enforce", 10);
      receive("other.example", day, "enforce", 10);
      receive("a.big.example", day, "none", 5);
      receive("b.big.example", day, "none", 6);
      receive("c.big.example", day, "none", 7);
    }

    assertThat(now().mode()).isEqualTo(MtaStsMode.ENFORCE);
  }

  @Test
  void reporterWithTheMostSessionsShouldVoteForItsOrganisation() {
    for (int day = 0; day < 3; day++) {
      receive("a.big.example", day, "none", 5);
      receive("b.big.example", day, "testing", 7);
      receive(BIG, day, "none", 6);
    }
    assertThat(now().mode()).isEqualTo(MtaStsMode.TESTING);

    // Only what its newest day has counts.
    receive("b.big.example", 3, "testing", 1);
    assertThat(now().mode()).isEqualTo(MtaStsMode.NONE);
  }

  @Test
  void reporterThatSawNoPolicyShouldNotVoteForItsOrganisation() {
    for (int day = 0; day < 3; day++) {
      receive("a.big.example", day, "", 500);
      receive("b.big.example", day, "testing", 1);
    }

    assertThat(now().mode()).isEqualTo(MtaStsMode.TESTING);
  }

  @Test
  void newcomersShouldVoteWhereNobodyIsEstablished() {
    receive(GOOD, 0, "enforce", 1);
    receive(BIG, 0, "testing", 1);
    receive("third.example", 0, "testing", 1);

    assertThat(now().mode()).isEqualTo(MtaStsMode.TESTING);
  }

  @Test
  void reporterShouldBeEstablishedOnItsThirdDay() {
    receive(GOOD, 0, "enforce", 1);
    receive(GOOD, 1, "enforce", 1);
    receive(BIG, 1, "none", 1);
    receive("third.example", 1, "none", 1);
    assertThat(now().mode()).isEqualTo(MtaStsMode.NONE);

    receive(GOOD, 2, "enforce", 1);
    assertThat(now().mode()).isEqualTo(MtaStsMode.ENFORCE);
  }

  @Test
  void severalReportsOfADayShouldEstablishNobody() {
    for (int hour = 0; hour < 5; hour++) {
      history.receive("evil.example", MONDAY, time(MONDAY, hour + 1), sts("enforce", 9));
    }
    receive(GOOD, 0, "testing", 1, failed("certificate-expired", 1));

    assertThat(now().losingMail()).isFalse();
  }

  @Test
  void failureShouldLoseMailWhileAnEstablishedReporterSawEnforceThoughTheVoteSaysOtherwise() {
    for (int day = 0; day < 3; day++) {
      receive(GOOD, day, "enforce", 1);
      receive("other.example", day, "testing", 1);
      receive("third.example", day, "testing", 1);
    }
    assertThat(now().mode()).isEqualTo(MtaStsMode.TESTING);
    assertThat(now().losingMail()).as("nothing fails").isFalse();

    receive("stranger.example", 2, "testing", 4, failed("certificate-expired", 4));
    assertThat(now().losingMail()).isTrue();
  }

  @Test
  void failureInModeTestingShouldNotLoseMail() {
    for (int day = 0; day < 3; day++) {
      receive(GOOD, day, "testing", 5, failed("starttls-not-supported", 5));
    }
    receive("stranger.example", 2, "enforce", 5, failed("starttls-not-supported", 5));

    assertThat(now().failing()).isTrue();
    assertThat(now().losingMail()).isFalse();
  }

  @Test
  void failureOfDaneShouldLoseMailWhateverTheMode() {
    for (String type : List.of("tlsa-invalid", "dnssec-invalid", "dane-required")) {
      History dane = new History();
      Instant receipt = time(MONDAY.plusDays(1), 15);
      dane.receive(GOOD, MONDAY, receipt, entry(PolicyType.TLSA, List.of(), 3, 2, failed(type, 2)));

      assertThat(dane.at(receipt).losingMail()).as(type).isTrue();
    }
  }

  @Test
  void domainShouldLoseMailNoLongerOnceTheFailureIsOver() {
    enforcedAndFailingFor(3);
    receive(GOOD, 3, "enforce", 5);

    assertThat(now().losingMail()).isFalse();
  }

  @Test
  void reporterThatIsForgottenShouldSayNothingMore() {
    for (int day = 0; day < 3; day++) {
      receive(GOOD, day, "enforce", 1);
    }
    receive(BIG, 38, "none", 1, failed("certificate-expired", 1));

    assertThat(now().losingMail()).isFalse();
    assertThat(now().mode()).isEqualTo(MtaStsMode.NONE);
  }

  private Instant lastReceipt = Instant.EPOCH;

  private void enforcedAndFailingFor(int days) {
    for (int day = 0; day < days; day++) {
      receive(GOOD, day, "enforce", 5, failed("certificate-expired", 5));
    }
  }

  private void receive(
      String reporter, int day, String mode, long sessions, FailureDetails... details) {
    lastReceipt = time(MONDAY.plusDays(day + 1), 15);
    history.receive(reporter, MONDAY.plusDays(day), lastReceipt, sts(mode, sessions, details));
  }

  private static PolicyResult sts(String mode, long sessions, FailureDetails... details) {
    long failures = details.length == 0 ? 0 : sessions;
    return entry(
        PolicyType.STS,
        mode.isEmpty() ? List.of() : List.of("mode: " + mode),
        sessions - failures,
        failures,
        details);
  }

  private DomainFigures now() {
    return history.at(lastReceipt);
  }
}
