// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.notifications;

import static io.tlsrpt.notifications.SampleSource.failed;
import static org.assertj.core.api.Assertions.assertThat;

import io.tlsrpt.figures.event.DomainEvent;
import io.tlsrpt.figures.posture.CheckEvent;
import io.tlsrpt.figures.posture.MxCheck;
import io.tlsrpt.figures.receiver.DeferralReason;
import io.tlsrpt.figures.receiver.RejectionReason;
import io.tlsrpt.figures.receiver.ReportOutcome;
import io.tlsrpt.report.Deviations;
import io.tlsrpt.report.DomainName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All kinds of mails, as files to read. */
class GoldenMailsTest {
  private static final Path FILES = Path.of("src/test/resources/io/tlsrpt/notifications");
  private static final Duration GATHERED = Duration.ofMinutes(10);
  private static final Duration DAY = Duration.ofDays(1);

  @TempDir Path directory;

  private DeskFixture desk;
  private SampleSource source;

  @BeforeEach
  void begin() {
    desk = new DeskFixture(directory, DigestRhythm.OFF);
    source = desk.source;
  }

  @Test
  void lossOfMailShouldBeTold() {
    fail("enforce");

    assertLast("loses-mail");
  }

  @Test
  void lossOfMailShouldBeToldAgain() {
    fail("enforce");
    desk.pass(DAY);

    assertLast("still-loses-mail");
  }

  @Test
  void recoveryShouldBeTold() {
    fail("enforce");
    source.pass(Duration.ofHours(20));
    desk.tell(source.receive("bigmail.example", "example.com", "enforce", 0));
    desk.pass(GATHERED);

    assertLast("recovered");
  }

  @Test
  void expiryShouldBeTold() {
    fail("testing");
    DomainName domain = new DomainName("example.com");
    Instant then = source.now();
    source.pass(Duration.ofDays(9));
    desk.tell(
        DomainEvent.between(
            source.domain(domain), then, source.domain(domain), source.now(), SampleSource.RULES));
    desk.pass(GATHERED);

    assertLast("expired");
  }

  @Test
  void failureShouldBeTold() {
    fail("testing");

    assertLast("fails");
  }

  @Test
  void severalThingsShouldBeToldTogether() {
    source.established("example.com", "enforce");
    source.established("example.org", "testing");
    source.established("example.net", "testing");
    desk.tell(expired("bigmail.example", "example.com", "enforce"));
    desk.tell(
        source.receive(
            "bigmail.example",
            "example.org",
            "testing",
            1,
            failed("starttls-not-supported", 7, "mx.example.org")));
    desk.tell(source.receive("bigmail.example", "example.net", "enforce", 1));
    desk.pass(GATHERED);

    assertLast("several");
  }

  @Test
  void manyDomainsShouldBeOneParagraph() {
    List<DomainEvent> events = new ArrayList<>();
    for (int i = 1; i <= 500; i++) {
      String domain = "customer" + i + ".example";
      source.established(domain, "enforce");
      events.addAll(
          source.receive(
              "bigmail.example",
              domain,
              "enforce",
              1,
              failed("certificate-expired", i % 7 + 1, "mx.host.example")));
    }
    desk.tell(events);
    desk.pass(GATHERED);

    assertThat(desk.sent).hasSize(1);
    assertThat(desk.last().body().lines().count()).isLessThan(70);
    assertLast("many");
  }

  @Test
  void changeOfModeShouldBeTold() {
    source.established("example.com", "testing");
    desk.tell(source.receive("bigmail.example", "example.com", "none", 1));
    desk.pass(GATHERED);

    assertLast("mode");
  }

  @Test
  void checkThatFailsShouldBeTold() {
    desk.tell(turned(true));
    desk.pass(GATHERED);

    assertLast("check-fails");
  }

  @Test
  void checkThatPassesShouldAnswerTheMailThatToldItsFault() {
    desk.tell(turned(true));
    desk.pass(GATHERED);
    String start = desk.last().messageId();
    source.pass(Duration.ofHours(20));
    desk.restart();
    desk.tell(turned(false));
    desk.pass(GATHERED);

    assertThat(desk.last().inReplyTo()).containsExactly(start);
    assertLast("check-passes");
  }

  @Test
  void checkThatFlapsWithinOneMailShouldNotBeTold() {
    desk.tell(turned(true));
    desk.tell(turned(false));
    desk.pass(GATHERED);

    assertThat(desk.sent).isEmpty();
  }

  @Test
  void checkShouldBeToldByOneServerOnly() {
    source.established("example.com", "testing");
    source.others.add(new DomainName("example.com"));
    desk.tell(turned(true));
    desk.pass(GATHERED);

    assertThat(desk.sent).isEmpty();
  }

  private CheckEvent turned(boolean failing) {
    return new CheckEvent(
        "mx2.example.com",
        MxCheck.CERTIFICATE_LASTS,
        failing,
        "[192.0.2.25] the certificate ends on 2026-12-01, in 8 days; see http://evil.example/",
        source.now());
  }

  @Test
  void firstReportOfAllShouldBeTold() {
    desk.tell(source.receive("bigmail.example", "example.com", "testing", 1));
    desk.pass(GATHERED);

    assertLast("first");
  }

  @Test
  void firstReportOfADomainShouldBeTold() {
    source.established("example.org", "testing");
    desk.tell(source.receive("bigmail.example", "example.com", "testing", 1));
    desk.pass(GATHERED);

    assertLast("first-of-domain");
  }

  @Test
  void troubleOfTheStoreShouldBeTold() {
    source.storeError = Optional.of("[SQLITE_FULL] database or disk is full");
    desk.pass(Duration.ofMinutes(30));

    assertLast("store");
    source.storeError = Optional.empty();
    desk.pass(Duration.ofMinutes(30));
    assertLast("store-again");
  }

  @Test
  void longWaitShouldBeTold() {
    for (int i = 0; i < 25; i++) {
      source.receiver =
          source.receiver.plus(
              new ReportOutcome.Deferred(DeferralReason.DNS, "no answer"), source.now());
    }
    desk.pass(Duration.ofMinutes(90));

    assertLast("waiting");
  }

  @Test
  void digestShouldBeOneScreen() {
    desk = new DeskFixture(directory, DigestRhythm.WEEKLY);
    source = desk.source;
    sampleDomains();
    source.postures =
        new EndingCertificate("mx2.example.com", Instant.parse("2026-12-07T00:00:00Z"));
    source.now = Instant.parse("2026-11-30T06:55:00Z");
    desk.pass(GATHERED);

    assertLast("digest");
  }

  private void sampleDomains() {
    for (int day = 20; day <= 29; day++) {
      source.now = Instant.parse("2026-11-" + day + "T15:00:00Z");
      source.receive("bigmail.example", "fine.example", "testing", 1);
      source.receive("officepost.example", "fine.example", "testing", 1);
      source.receive("bigmail.example", "example.org", "none", 1);
      if (day == 25) {
        source.receive(
            "bigmail.example",
            "example.net",
            "testing",
            1,
            failed("starttls-not-supported", 4, "mx.example.net"));
      } else {
        source.receive("bigmail.example", "example.net", "testing", 1);
      }
      if (day < 23) {
        source.receive("bigmail.example", "example.com", "enforce", 1);
        source.receive("bigmail.example", "silent.example", "enforce", 1);
      } else {
        expired("bigmail.example", "example.com", "enforce");
      }
    }
    source.neverReported.add(new DomainName("never.example"));
    for (int i = 0; i < 41; i++) {
      source.receiver =
          source.receiver.plus(
              i % 10 == 0
                  ? new ReportOutcome.Rejected(
                      i % 20 == 0 ? RejectionReason.DKIM_MISSING : RejectionReason.MALFORMED, "")
                  : new ReportOutcome.Accepted(Deviations.NONE, ""),
              source.now());
    }
  }

  private void fail(String mode) {
    source.established("example.com", mode);
    desk.tell(expired("bigmail.example", "example.com", mode));
    desk.pass(GATHERED);
  }

  private List<DomainEvent> expired(String reporter, String domain, String mode) {
    return source.receive(
        reporter, domain, mode, 1, failed("certificate-expired", 100, "mx2." + domain));
  }

  /** Compares, or with {@code -Dgolden=write} writes what is new, to be read. */
  private void assertLast(String name) {
    Path file = FILES.resolve(name + ".txt");
    String mail = text(desk.last());
    try {
      if ("write".equals(System.getProperty("golden"))) {
        Files.writeString(file, mail);
      }
      assertThat(mail).isEqualTo(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(NoticeMail mail) {
    return mail.header().entrySet().stream()
            .map(field -> field.getKey() + ": " + field.getValue())
            .collect(Collectors.joining("\n"))
        + "\n\n"
        + mail.body();
  }
}
