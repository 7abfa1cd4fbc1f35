// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.dkim;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.tlsrpt.dkim.Authenticity.Authenticated;
import io.tlsrpt.dkim.Authenticity.Standing;
import io.tlsrpt.dkim.Authenticity.Undecided;
import io.tlsrpt.dns.TimedAnswer;
import io.tlsrpt.dns.WaitingThread;
import io.tlsrpt.message.RawMail;
import io.tlsrpt.report.DomainName;
import io.tlsrpt.testing.DkimKey;
import io.tlsrpt.testing.DkimSigner;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What speaks for a mail while the DNS gives no answer. */
class StandingTest {
  private static final DomainName D = new DomainName("d.example");
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-06-02T15:00:00Z"));
  private static final DkimKey KEY = DkimKey.rsa(1_024);
  private static final DkimSigner SIGNER =
      DkimSigner.of("d.example", "Sel", KEY).withSigned("From", "Subject");
  private static final String MAIL = "From: TLS <tls@d.example>\r\nSubject: x\r\n\r\nbody\r\n";

  private final KnownKeys known = new KnownKeys(CLOCK);

  @Test
  void keyOfAnAcceptedReportShouldBeKnown() {
    assertThat(judge(SIGNER.sign(MAIL), found(KEY))).isInstanceOf(Authenticated.class);
    assertThat(known.changes().isEmpty()).isTrue();
    known.accepted(new DomainName("other.example"));
    assertThat(known.changes().isEmpty()).isTrue();

    known.accepted(D);
    assertThat(known.changes().kept())
        .containsExactly(
            new KnownKeys.Key(
                "sel._domainkey.d.example", D, KEY.record(), LocalDate.parse("2026-06-02"), 1));
  }

  @Test
  void badSignatureShouldMakeNothingKnown() {
    judge(SIGNER.sign(MAIL).replace("Subject: x", "Subject: y"), found(KEY));
    known.accepted(D);
    assertThat(known.changes().isEmpty()).isTrue();
  }

  @Test
  void mailUnderAKnownKeyShouldBeLikelyAndNoMore() {
    judge(SIGNER.sign(MAIL), found(KEY));
    known.accepted(D);

    assertThat(standing(SIGNER.sign(MAIL))).isEqualTo(Standing.LIKELY);
    // A sender who only knows the selector has no better standing than a stranger.
    assertThat(standing(SIGNER.sign(MAIL).replace("Subject: x", "Subject: y")))
        .isEqualTo(Standing.UNANSWERED);
    DkimSigner forger = DkimSigner.of("d.example", "Sel", DkimKey.rsa(1_024));
    assertThat(standing(forger.sign(MAIL))).isEqualTo(Standing.UNANSWERED);
    assertThat(standing(DkimSigner.of("d.example", "other", KEY).sign(MAIL)))
        .isEqualTo(Standing.UNANSWERED);
  }

  @Test
  void bestOfSeveralSignaturesShouldDecide() {
    judge(SIGNER.sign(MAIL), found(KEY));
    known.accepted(D);
    String once = SIGNER.sign(MAIL);
    String twice = DkimSigner.of("d.example", "other", KEY).withSigned("From").sign(once);
    assertThat(standing(twice)).isEqualTo(Standing.LIKELY);
  }

  private Standing standing(String mail) {
    KeyAnswer none = KeyAnswer.Unavailable.unanswered("timeout");
    Authenticity judged = judge(mail, none);
    assertThat(judged).isInstanceOf(Undecided.class);
    assertThat(((Undecided) judged).keyName()).matches("(sel|other)\\._domainkey\\.d\\.example");
    return ((Undecided) judged).standing();
  }

  private Authenticity judge(String mail, KeyAnswer answer) {
    byte[] octets = mail.getBytes(ISO_8859_1);
    CachedKeys keys =
        new CachedKeys(
            name -> new TimedAnswer<>(answer, Duration.ofMinutes(1)), known, CLOCK, key -> {});
    try (DkimAuthenticator authenticator = new DkimAuthenticator(keys)) {
      return authenticator.judge(
          RawMail.of(octets, octets.length), CLOCK.instant(), WaitingThread.SPOOLER);
    }
  }

  private static KeyAnswer found(DkimKey key) {
    return new KeyAnswer.Found(List.of(KeyRecord.of(key.record()).orElseThrow()));
  }
}
