// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.receiver.deferral;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tlsrpt.dkim.Authenticity.Authenticated;
import io.tlsrpt.figures.receiver.DeferralReason;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TicketFormatTest {
  private static final DeferralReason REASON = DeferralReason.DNS;
  private static final String OF_1_0_0 =
      """
      tlsrpt-deferred: 1
      received: 2026-06-02T15:00:00Z
      mail: m1
      reason: %s
      organisation: s.example
      reporter: mail.s.example
      """
          .formatted(REASON.key());

  @Test
  void ticketOfVersion100ShouldBeJudgedAgain() throws BrokenFileException {
    assertThat(read(OF_1_0_0 + "\nFrom: x")).isEqualTo(ticket("m1", Optional.empty()));
  }

  @Test
  void ticketWithReporterAndSignedFieldsShouldKeepItsVerdict() throws BrokenFileException {
    assertThat(read(OF_1_0_0 + "signed: \n\nFrom: x").claim()).isEqualTo(Claim.PROVEN);
    assertThat(read(OF_1_0_0 + "signed: subject tls-report-domain\n\nFrom: x").verdict())
        .hasValue(new Authenticated("mail.s.example", Set.of("subject", "tls-report-domain")));
    assertThat(read(OF_1_0_0 + "signed: \n\nFrom: x").verdict())
        .hasValue(new Authenticated("mail.s.example", Set.of()));
    assertThat(read(OF_1_0_0.replace("reporter", "signed") + "\nFrom: x").verdict()).isEmpty();
  }

  @Test
  void whatWasWrittenShouldBeReadAgain() throws BrokenFileException {
    for (Optional<Authenticated> verdict :
        List.of(
            Optional.<Authenticated>empty(),
            Optional.of(new Authenticated("s.example", Set.of())),
            Optional.of(new Authenticated("s.example", Set.of("b", "a"))))) {
      Ticket ticket = ticket("m\u00fc: 1", verdict);
      assertThat(TicketFormat.readTicket(TicketFormat.write(ticket))).isEqualTo(ticket);
    }
    Ticket waiting =
        new Ticket(
            "m",
            Instant.parse("2026-06-02T15:00:00Z"),
            REASON,
            Optional.empty(),
            "s.example",
            Claim.UNASKED,
            Optional.of("s1._domainkey.s.example"));
    assertThat(TicketFormat.readTicket(TicketFormat.write(waiting))).isEqualTo(waiting);
    for (Claim claim : Claim.values()) {
      Ticket ticket = ticket("m", Optional.empty(), claim);
      assertThat(TicketFormat.readTicket(TicketFormat.write(ticket))).isEqualTo(ticket);
    }
  }

  @Test
  void nameOfAMailShouldAddNoLine() throws BrokenFileException {
    Ticket ticket = ticket("m\nreporter: evil.example\nsigned: x\n\n", Optional.empty());
    assertThat(TicketFormat.readTicket(TicketFormat.write(ticket)).verdict()).isEmpty();
  }

  @Test
  void longestTicketShouldBeReadAgain() throws BrokenFileException {
    Ticket ticket = ticket("\u20ac".repeat(10_000), Optional.empty());
    byte[] file = TicketFormat.write(ticket);
    assertThat(file).hasSizeLessThan(TicketFormat.MAX_LENGTH);
    assertThat(TicketFormat.readTicket(file).mailName()).isEqualTo("\u20ac".repeat(500));
  }

  @Test
  void mailShouldBeKeptToTheOctet() throws BrokenFileException {
    assertThat(TicketFormat.readMail((OF_1_0_0 + "\n\r\n\n\nx\n").getBytes(UTF_8)))
        .isEqualTo("\r\n\n\nx\n".getBytes(UTF_8));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\n\n",
        "tlsrpt-deferred: 2\n\n",
        "tlsrpt-deferred: 1\n\n",
        "tlsrpt-deferred: 1"
      })
  void whatIsNoTicketShouldBeBroken(String file) {
    assertThatThrownBy(() -> read(file)).isInstanceOf(BrokenFileException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"received", "mail", "reason", "organisation"})
  void ticketThatLacksALineShouldBeBroken(String name) {
    assertThatThrownBy(() -> read(OF_1_0_0.replace("\n" + name + ": ", "\nx: ") + "\n"))
        .isInstanceOf(BrokenFileException.class);
  }

  private static Ticket ticket(String name, Optional<Authenticated> verdict) {
    return ticket(name, verdict, Claim.PROVEN);
  }

  private static Ticket ticket(String name, Optional<Authenticated> verdict, Claim claim) {
    Instant receivedAt = Instant.parse("2026-06-02T15:00:00Z");
    return new Ticket(name, receivedAt, REASON, verdict, "s.example", claim, Optional.empty());
  }

  private static Ticket read(String file) throws BrokenFileException {
    return TicketFormat.readTicket(file.getBytes(UTF_8));
  }
}
