// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.notifications;

import static io.tlsrpt.notifications.SampleSource.failed;
import static org.assertj.core.api.Assertions.assertThat;

import io.tlsrpt.figures.event.DomainEvent;
import io.tlsrpt.report.DomainName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeskTest {
  private static final Duration GATHERED = Duration.ofMinutes(10);
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration WEEK = Duration.ofDays(7);

  @TempDir Path directory;

  private DeskFixture desk;

  @BeforeEach
  void begin() {
    desk = new DeskFixture(directory, DigestRhythm.OFF);
    desk.source.established("example.com", "enforce");
  }

  @Test
  void eventsOfTenMinutesShouldComeInOneMail() {
    desk.tell(fail("example.com", "certificate-expired"));
    desk.pass(Duration.ofMinutes(5));
    assertThat(desk.sent).isEmpty();
    desk.tell(fail("example.com", "certificate-not-trusted"));
    desk.pass(Duration.ofMinutes(5));

    assertThat(desk.sent).hasSize(1);
    assertThat(desk.last().body()).contains("certificate-expired", "certificate-not-trusted");
    desk.pass(Duration.ofHours(3));
    assertThat(desk.sent).hasSize(1);
  }

  @Test
  void pendingEventShouldBeToldOnceOverRestarts() {
    desk.tell(fail("example.com", "certificate-expired"));
    desk.restart();
    desk.pass(GATHERED);
    desk.restart();
    desk.pass(GATHERED);

    assertThat(desk.subjects())
        .containsExactly(
            "TLS reports: example.com loses mail since 24 Nov: certificate-expired at mx");
  }

  @Test
  void recoveryShouldAnswerTheMailThatToldTheStartAlsoAfterARestart() {
    desk.tell(fail("example.com", "certificate-expired"));
    desk.pass(GATHERED);
    desk.restart();
    desk.source.pass(Duration.ofHours(12));
    desk.tell(desk.source.receive("bigmail.example", "example.com", "enforce", 0));
    desk.pass(GATHERED);

    assertThat(desk.last().inReplyTo()).containsExactly(desk.sent.getFirst().messageId());
  }

  @Test
  void recoveryShouldAnswerTheSameMailWithoutTheMemory() throws IOException {
    desk.tell(fail("example.com", "certificate-expired"));
    desk.pass(GATHERED);
    Files.delete(directory.resolve("notifications"));
    desk.restart();
    desk.source.pass(Duration.ofHours(12));
    desk.tell(desk.source.receive("bigmail.example", "example.com", "enforce", 0));
    desk.pass(GATHERED);

    assertThat(desk.last().inReplyTo()).containsExactly(desk.sent.getFirst().messageId());
  }

  @Test
  void recoveryOfOneOfManyShouldAnswerTheMailThatToldOfAll() {
    desk.source.established("example.org", "enforce");
    desk.tell(fail("example.com", "certificate-expired"));
    desk.tell(fail("example.org", "certificate-expired"));
    desk.pass(GATHERED);
    desk.restart();
    desk.source.pass(Duration.ofHours(12));
    desk.tell(desk.source.receive("bigmail.example", "example.org", "enforce", 0));
    desk.pass(GATHERED);

    assertThat(desk.last().subject()).contains("example.org loses no mail any more");
    assertThat(desk.last().inReplyTo()).contains(desk.sent.getFirst().messageId());
  }

  @Test
  void secondStartShouldHaveAMessageIdOfItsOwn() {
    List<DomainEvent> start = fail("example.com", "certificate-expired");
    desk.tell(start);
    desk.pass(GATHERED);
    desk.tell(start);
    desk.pass(GATHERED);

    assertThat(desk.sent).extracting(NoticeMail::messageId).doesNotHaveDuplicates().hasSize(2);
  }

  @Test
  void failureThatIsOverBeforeTheMailLeavesShouldBeToldAsOver() {
    desk.tell(fail("example.com", "certificate-expired"));
    desk.tell(desk.source.receive("bigmail.example", "example.com", "enforce", 0));
    desk.pass(GATHERED);

    assertThat(desk.subjects())
        .containsExactly(
            "TLS reports: example.com: certificate-expired has started, and is over again");
    assertThat(desk.last().body()).doesNotContain("loses");
  }

  @Test
  void failureThatGoesOnAfterAllShouldNotBeToldAgain() {
    desk.tell(fail("example.com", "certificate-expired"));
    desk.pass(GATHERED);
    desk.source.pass(Duration.ofHours(12));
    desk.tell(desk.source.receive("bigmail.example", "example.com", "enforce", 0));
    desk.tell(
        desk.source.receive(
            "bigmail.example",
            "example.com",
            "enforce",
            0,
            failed("certificate-expired", 3, "mx.example.com")));
    desk.pass(GATHERED);

    assertThat(desk.sent).hasSize(1);
  }

  @Test
  void noMoreThanTwelveMailsShouldBeSentInADay() {
    desk.source.now = Instant.parse("2026-11-25T08:00:00Z");
    List<DomainEvent> urgent = fail("example.com", "certificate-expired");
    for (int i = 0; i < 12; i++) {
      desk.tell(desk.source.receive("bigmail.example", "new" + i + ".example", "none", 1));
      desk.pass(Duration.ofMinutes(15));
    }
    assertThat(desk.sent).hasSize(Desk.MOST_NOT_URGENT);
    for (int i = 0; i < 4; i++) {
      desk.tell(urgent);
      desk.pass(Duration.ofMinutes(15));
    }
    assertThat(desk.sent).hasSize(Desk.MOST_A_DAY);

    desk.pass(Duration.ofHours(14));
    assertThat(desk.sent).hasSizeBetween(Desk.MOST_A_DAY + 1, Desk.MOST_A_DAY + 2);
    assertThat(desk.sent.get(Desk.MOST_A_DAY).date()).isEqualTo("2026-11-26T00:00:00Z");
  }

  @Test
  void whatIsNotUrgentShouldLeaveWithWhatIs() {
    for (int i = 0; i < 11; i++) {
      desk.tell(desk.source.receive("bigmail.example", "new" + i + ".example", "none", 1));
      desk.pass(Duration.ofMinutes(15));
    }
    desk.tell(fail("example.com", "certificate-expired"));
    desk.pass(GATHERED);

    assertThat(desk.last().body()).contains("example.com loses mail", "new10.example");
  }

  @Test
  void eventShouldBeKeptUntilItCanBeSent() {
    desk.canSend = false;
    desk.tell(fail("example.com", "certificate-expired"));
    desk.pass(Duration.ofHours(12));
    desk.restart();
    assertThat(desk.sent).isEmpty();
    desk.canSend = true;
    desk.pass(Duration.ofMinutes(5));

    assertThat(desk.sent).hasSize(1);
    desk.pass(Duration.ofHours(2));
    assertThat(desk.sent).hasSize(1);
  }

  @Test
  void eventShouldBeGivenUpAfterADay() {
    desk.canSend = false;
    desk.tell(desk.source.receive("bigmail.example", "new.example", "none", 1));
    desk.pass(DAY.plusHours(1));
    desk.canSend = true;
    desk.pass(Duration.ofHours(1));

    assertThat(desk.sent).isEmpty();
  }

  @Test
  void lossOfMailShouldBeToldAgainOnceADay() {
    desk.tell(fail("example.com", "certificate-expired"));
    desk.pass(DAY);
    desk.restart();
    desk.pass(DAY.plusDays(1));

    assertThat(desk.subjects()).filteredOn(one -> one.contains("still loses mail")).hasSize(3);
    assertThat(desk.last().inReplyTo()).containsExactly(desk.sent.getFirst().messageId());
  }

  @Test
  void lossThatHasJustBeenToldShouldNotBeToldAgainInTheMorning() {
    desk.source.now = Instant.parse("2026-11-26T06:40:00Z");
    desk.tell(fail("example.com", "certificate-expired"));
    desk.pass(Duration.ofMinutes(15));
    desk.restart();
    desk.pass(Duration.ofHours(3));

    assertThat(desk.sent).hasSize(1);
  }

  @Test
  void lossShouldBeToldAgainByTheServerThatHasTheDomain() {
    desk.tell(fail("example.com", "certificate-expired"));
    desk.pass(GATHERED);
    desk.source.others.add(new DomainName("example.com"));
    desk.pass(DAY);

    assertThat(desk.sent).hasSize(1);
  }

  @Test
  void roundThatFellIntoAStopShouldBeMadeUpForOnTheSameDay() {
    desk.tell(fail("example.com", "certificate-expired"));
    desk.pass(GATHERED);
    desk.source.now = Instant.parse("2026-11-26T13:00:00Z");
    desk.restart();
    desk.work();

    assertThat(desk.subjects()).hasSize(2);
    assertThat(desk.last().subject()).contains("still loses mail");
  }

  @Test
  void clockThatWasAheadShouldSilenceNothing() {
    Instant right = desk.source.now();
    desk.source.now = right.plus(Duration.ofDays(300));
    desk.work();
    desk.tell(desk.source.receive("bigmail.example", "new.example", "none", 1));
    desk.source.now = right;
    desk.tell(fail("example.com", "certificate-expired"));
    desk.pass(GATHERED);
    desk.pass(DAY);

    assertThat(desk.subjects()).anyMatch(one -> one.contains("still loses mail"));
  }

  @Test
  void digestShouldComeEachDay() {
    desk = digest(DigestRhythm.DAILY);
    desk.pass(DAY);
    desk.source.receive("bigmail.example", "example.com", "testing", 1);
    desk.restart();
    desk.pass(DAY);

    assertThat(desk.sent)
        .extracting(mail -> mail.date().toString())
        .containsExactly("2026-11-26T07:00:00Z", "2026-11-27T07:00:00Z");
  }

  @Test
  void digestShouldComeEachMonday() {
    desk = digest(DigestRhythm.WEEKLY);
    desk.pass(WEEK.minusDays(1));
    desk.source.receive("bigmail.example", "example.com", "testing", 1);
    desk.pass(WEEK);

    assertThat(desk.sent)
        .extracting(mail -> mail.date().toString())
        .containsExactly("2026-11-30T07:00:00Z", "2026-12-07T07:00:00Z");
  }

  /** Reporters come and go every three months, so none of them is silent here. */
  @Test
  void quietDigestShouldComeOnceAMonth() {
    desk = new DeskFixture(directory, DigestRhythm.DAILY);
    desk.source.neverReported.add(new DomainName("never.example"));
    desk.pass(Duration.ofDays(65));

    assertThat(desk.sent)
        .extracting(mail -> mail.date().toString())
        .containsExactly("2026-11-26T07:00:00Z", "2026-12-26T07:00:00Z", "2027-01-25T07:00:00Z");
  }

  @Test
  void digestShouldComeFromTheServerWithTheNewestReport(@TempDir Path other) {
    DeskFixture one = digest(DigestRhythm.DAILY);
    DeskFixture two = new DeskFixture(other, DigestRhythm.DAILY);
    two.source.established("example.com", "testing");
    two.source.others.add(new DomainName("example.com"));
    for (DeskFixture each : List.of(one, two)) {
      each.pass(DAY);
    }

    assertThat(one.sent).hasSize(1);
    assertThat(two.sent).isEmpty();

    // A report that the other one has committed later makes it send tomorrow, and not once more.
    one.source.others.add(new DomainName("example.com"));
    two.source.others.clear();
    for (DeskFixture each : List.of(one, two)) {
      each.source.receive("bigmail.example", "example.com", "testing", 1);
      each.pass(DAY);
    }
    assertThat(one.sent).hasSize(1);
    assertThat(two.sent).hasSize(1);
  }

  private DeskFixture digest(DigestRhythm rhythm) {
    DeskFixture fixture = new DeskFixture(directory, rhythm);
    fixture.source.established("example.com", "testing");
    return fixture;
  }

  private List<DomainEvent> fail(String domain, String kind) {
    return desk.source.receive(
        "bigmail.example", domain, "enforce", 1, failed(kind, 10, "mx." + domain));
  }
}
