// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.receiver.deferral;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tlsrpt.dkim.Authenticity.Authenticated;
import io.tlsrpt.figures.receiver.DeferralReason;
import io.tlsrpt.report.DomainName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeferredMailFormatTest {
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
  void mailOfVersion100ShouldBeJudgedAgain() throws BrokenFileException {
    assertThat(read(OF_1_0_0 + "\nFrom: x")).isEqualTo(deferred("m1", Optional.empty()));
  }

  @Test
  void mailWithReporterAndSignedFieldsShouldKeepItsVerdict() throws BrokenFileException {
    assertThat(read(OF_1_0_0 + "signed: \n\nFrom: x").claim()).isEqualTo(Claim.PROVEN);
    assertThat(read(OF_1_0_0 + "signed: subject tls-report-domain\n\nFrom: x").verdict())
        .hasValue(
            new Authenticated(
                new DomainName("mail.s.example"), Set.of("subject", "tls-report-domain")));
    assertThat(read(OF_1_0_0 + "signed: \n\nFrom: x").verdict())
        .hasValue(new Authenticated(new DomainName("mail.s.example"), Set.of()));
    assertThat(read(OF_1_0_0.replace("reporter", "signed") + "\nFrom: x").verdict()).isEmpty();
  }

  @Test
  void mailWhoseReporterIsNoDomainShouldBeJudgedAgain() throws BrokenFileException {
    String damaged = OF_1_0_0.replace("mail.s.example", "mail,s.example") + "signed: \n\nFrom: x";
    assertThat(read(damaged)).isEqualTo(deferred("m1", Optional.empty()));
  }

  @Test
  void mailWhoseOrganisationIsNoDomainShouldBeKept() throws BrokenFileException {
    DeferredMail read = read(OF_1_0_0.replace(" s.example", " s,example") + "\nFrom: x");
    assertThat(read.organisation().value()).isEqualTo("unknown.invalid");
    assertThat(read.mailName()).isEqualTo("m1");
  }

  @Test
  void whatWasWrittenShouldBeReadAgain() throws BrokenFileException {
    for (Optional<Authenticated> verdict :
        List.of(
            Optional.<Authenticated>empty(),
            Optional.of(new Authenticated(new DomainName("s.example"), Set.of())),
            Optional.of(new Authenticated(new DomainName("s.example"), Set.of("b", "a"))))) {
      DeferredMail deferred = deferred("m\u00fc: 1", verdict);
      assertThat(DeferredMailFormat.readDeferredMail(DeferredMailFormat.write(deferred)))
          .isEqualTo(deferred);
    }
    DeferredMail waiting =
        new DeferredMail(
            "m",
            Instant.parse("2026-06-02T15:00:00Z"),
            REASON,
            Optional.empty(),
            new DomainName("s.example"),
            Claim.UNASKED,
            Optional.of("s1._domainkey.s.example"));
    assertThat(DeferredMailFormat.readDeferredMail(DeferredMailFormat.write(waiting)))
        .isEqualTo(waiting);
    for (Claim claim : Claim.values()) {
      DeferredMail deferred = deferred("m", Optional.empty(), claim);
      assertThat(DeferredMailFormat.readDeferredMail(DeferredMailFormat.write(deferred)))
          .isEqualTo(deferred);
    }
  }

  @Test
  void nameOfAMailShouldAddNoLine() throws BrokenFileException {
    DeferredMail deferred = deferred("m\nreporter: evil.example\nsigned: x\n\n", Optional.empty());
    assertThat(DeferredMailFormat.readDeferredMail(DeferredMailFormat.write(deferred)).verdict())
        .isEmpty();
  }

  @Test
  void longestTicketShouldBeReadAgain() throws BrokenFileException {
    DeferredMail deferred = deferred("\u20ac".repeat(10_000), Optional.empty());
    byte[] file = DeferredMailFormat.write(deferred);
    assertThat(file).hasSizeLessThan(DeferredMailFormat.MAX_LENGTH);
    assertThat(DeferredMailFormat.readDeferredMail(file).mailName())
        .isEqualTo("\u20ac".repeat(500));
  }

  @Test
  void mailShouldBeKeptToTheOctet() throws BrokenFileException {
    assertThat(DeferredMailFormat.readMail((OF_1_0_0 + "\n\r\n\n\nx\n").getBytes(UTF_8)))
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
  void deferredMailThatLacksALineShouldBeBroken(String name) {
    assertThatThrownBy(() -> read(OF_1_0_0.replace("\n" + name + ": ", "\nx: ") + "\n"))
        .isInstanceOf(BrokenFileException.class);
  }

  private static DeferredMail deferred(String name, Optional<Authenticated> verdict) {
    return deferred(name, verdict, Claim.PROVEN);
  }

  private static DeferredMail deferred(String name, Optional<Authenticated> verdict, Claim claim) {
    Instant receivedAt = Instant.parse("2026-06-02T15:00:00Z");
    return new DeferredMail(
        name, receivedAt, REASON, verdict, new DomainName("s.example"), claim, Optional.empty());
  }

  private static DeferredMail read(String file) throws BrokenFileException {
    return DeferredMailFormat.readDeferredMail(file.getBytes(UTF_8));
  }
}
