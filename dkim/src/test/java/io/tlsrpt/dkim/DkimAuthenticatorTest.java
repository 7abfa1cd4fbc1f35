// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.dkim;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.tlsrpt.dkim.Authenticity.Authenticated;
import io.tlsrpt.dkim.Authenticity.Unauthenticated;
import io.tlsrpt.dkim.Authenticity.Undecided;
import io.tlsrpt.dns.WaitingThread;
import io.tlsrpt.message.RawMail;
import io.tlsrpt.report.DomainName;
import io.tlsrpt.testing.DkimKey;
import io.tlsrpt.testing.DkimSigner;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DkimAuthenticatorTest {
  private static final String SIGNATURE =
      "DKIM-Signature: v=1; a=rsa-sha256; d=d.example; s=sel; bh=YWJj; b=eHl6; h=From\r\n";

  private static final DkimKey RSA = DkimKey.rsa(1_024);
  private static final DkimKey OTHER = DkimKey.rsa(1_024);
  private static final DkimKey ED25519 = DkimKey.ed25519();
  private static final String MAIL =
      "From: TLS <tls@d.example>\r\nTo: a@b.example\r\nSubject: x\r\n\r\nbody\r\n";
  private static final DkimSigner SIGNER =
      DkimSigner.of("d.example", "sel", RSA).withSigned("From", "To", "Subject");

  private final Map<String, KeyAnswer> keys = new HashMap<>();

  @Test
  void goodSignatureShouldNameReporterAndSignedFields() {
    publish("d.example", RSA.record());
    assertThat(judge(SIGNER.sign(MAIL)))
        .isEqualTo(new Authenticated(new DomainName("d.example"), Set.of("from", "to", "subject")));
  }

  @Test
  void fieldsThatAreRepeatedOrAbsentShouldNotCountAsSigned() {
    publish("d.example", RSA.record());
    String mail = "Subject: y\r\n" + MAIL;
    assertThat(judge(SIGNER.withSigned("From", "Subject", "Subject", "X", "To", "To").sign(mail)))
        .isEqualTo(new Authenticated(new DomainName("d.example"), Set.of("from", "to")));
  }

  @Test
  void lowestOfRepeatedFieldsShouldBeSignedFirst() {
    publish("d.example", RSA.record());
    String signed = SIGNER.withSigned("From", "Subject").sign(MAIL);
    assertThat(judge("Subject: on top\r\n" + signed)).isInstanceOf(Authenticated.class);
    assertFault(
        judge(signed.replace("Subject: x", "Subject: x\r\nSubject: y")),
        Fault.FAILED,
        "does not match");
  }

  @Test
  void oversignedFieldShouldNotBeAdded() {
    publish("d.example", RSA.record());
    String signed = SIGNER.withSigned("From", "Subject", "Subject").sign(MAIL);
    assertThat(judge(signed)).isInstanceOf(Authenticated.class);
    assertFault(judge("Subject: y\r\n" + signed), Fault.FAILED, "does not match");
  }

  @Test
  void signatureShouldSignOthersButNotItself() {
    publish("d.example", RSA.record());
    String once = SIGNER.sign(MAIL);
    String twice = SIGNER.withSigned("From", "DKIM-Signature", "DKIM-Signature").sign(once);
    assertThat(judge(twice)).isInstanceOf(Authenticated.class);
    assertThat(judge(SIGNER.withSigned("From", "DKIM-Signature").sign(MAIL)))
        .isInstanceOf(Authenticated.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "l=3;|LENGTH_TAG|part of the body",
        "q=x/y;|FAILED|in the DNS (q=)",
        "x=1;|FAILED|expired",
        "i=@e.example;|FAILED|another domain",
        "t=5; x=4;|FAILED|malformed"
      })
  void tagShouldBeAFault(String tags, Fault fault, String why) {
    publish("d.example", RSA.record());
    assertFault(judge(SIGNER.withTags(tags).sign(MAIL)), fault, why);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "s=email; |SERVICE|other services",
        "t=y; |FAILED|for tests",
        "h=sha1; |FAILED|k=, h="
      })
  void tagOfTheKeyShouldBeAFault(String tags, Fault fault, String why) {
    publish("d.example", RSA.record(tags));
    assertFault(judge(SIGNER.sign(MAIL)), fault, why);
  }

  @Test
  void keyForTheSignerItselfShouldNotSpeakForASubdomain() {
    publish("d.example", RSA.record("t=s; "));
    assertThat(judge(SIGNER.sign(MAIL))).isInstanceOf(Authenticated.class);
    assertFault(judge(SIGNER.withTags("i=@x.d.example;").sign(MAIL)), Fault.FAILED, "t=s");
  }

  @Test
  void answersOfTheDnsShouldBeTold() {
    String mail = SIGNER.sign(MAIL);
    assertFault(judge(mail), Fault.FAILED, "no key in the DNS");
    keys.put("sel.d.example", new KeyAnswer.Unreadable());
    assertFault(judge(mail), Fault.FAILED, "no readable key");
    publish("d.example", "p=");
    assertFault(judge(mail), Fault.FAILED, "revoked");
    publish("d.example", "p=AAAA");
    assertFault(judge(mail), Fault.FAILED, "neither RSA");
    publish("d.example", OTHER.record());
    assertFault(judge(mail), Fault.FAILED, "does not match");
    keys.put("sel.d.example", KeyAnswer.Unavailable.unanswered("timeout"));
    assertThat(judge(mail)).isInstanceOf(Undecided.class);
  }

  @Test
  void mailShouldBeHeldAgainstItsSignature() {
    publish("d.example", RSA.record());
    String mail = SIGNER.sign(MAIL);
    assertFault(judge(MAIL), Fault.MISSING, "no DKIM-Signature");
    assertFault(judge(mail.replace("body", "b0dy")), Fault.FAILED, "the body was changed");
    assertFault(judge(mail.replace("Subject: x", "Subject: y")), Fault.FAILED, "does not match");
    assertFault(judge("no field\r\n" + mail), Fault.FAILED, "several ways");
    assertFault(judge("From: c@d.example\r\n" + mail), Fault.MISALIGNED, "2 From fields");
    assertFault(judge(mail.replace("<tls@", "<")), Fault.MISALIGNED, "no address");
    assertFault(judge(mail.replace("@d.example", "@e.example")), Fault.MISALIGNED, "d=d.example");
    assertFault(
        judge(SIGNER.withAlgorithm("rsa-sha1").sign(MAIL)), Fault.FAILED, "neither rsa-sha256");
  }

  @Test
  void eachOfSeveralKeysShouldBeTried() {
    for (String beside : List.of(OTHER.record(), "v=DKIM1; p=", ED25519.record(), "p=AAAA")) {
      publish("d.example", beside, RSA.record());
      assertThat(judge(SIGNER.sign(MAIL))).as(beside).isInstanceOf(Authenticated.class);
    }
    publish("d.example", RSA.record(), ED25519.record());
    assertThat(
            judge(
                DkimSigner.of("d.example", "sel", ED25519)
                    .withAlgorithm("ed25519-sha256")
                    .sign(MAIL)))
        .isInstanceOf(Authenticated.class);
  }

  @Test
  void oneGoodSignatureShouldDo() {
    publish("d.example", RSA.record());
    publish("mail.d.example", OTHER.record());
    String mail = MAIL.replace("@d.example", "@mail.d.example");
    DkimSigner below = DkimSigner.of("mail.d.example", "sel", RSA).withSigned("From", "To");
    for (String signed : List.of(below.sign(SIGNER.sign(mail)), SIGNER.sign(below.sign(mail)))) {
      assertThat(judge(signed))
          .isEqualTo(
              new Authenticated(new DomainName("mail.d.example"), Set.of("from", "to", "subject")));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "eu.org, eu.org, true", "a.eu.org, eu.org, false", "a.co.uk, co.uk, false",
    "x.a.co.uk, a.co.uk, true", "d.example, example, false", "xd.example, d.example, false",
    "d.example, x.d.example, false"
  })
  void signerShouldAnswerForTheAuthor(String author, String signer, boolean answers) {
    publish(signer, RSA.record());
    Authenticity found =
        judge(DkimSigner.of(signer, "sel", RSA).sign(MAIL.replace("d.example", author)));
    if (answers) {
      assertThat(found)
          .isInstanceOfSatisfying(
              Authenticated.class, good -> assertThat(good.reporter().value()).isEqualTo(author));
    } else {
      assertFault(found, Fault.MISALIGNED, "d=" + signer);
    }
  }

  /** A gateway does not say which signature passed, and anyone may have added another one. */
  @ParameterizedTest
  @ValueSource(strings = {"", SIGNATURE, SIGNATURE + SIGNATURE})
  void gatewayShouldVouchForNoField(String signatures) {
    assertThat(behindGateway("mx.example; dkim=pass header.d=d.example", signatures))
        .isEqualTo(new Authenticated(new DomainName("d.example"), Set.of()));
  }

  @Test
  void partOfTheBodyShouldNotDoBehindAGateway() {
    assertFault(
        behindGateway(
            "mx.example; dkim=pass header.d=d.example", SIGNATURE.replace("s=sel;", "s=sel; l=0;")),
        Fault.LENGTH_TAG,
        "l=");
  }

  /**
   * A field that is cut off could name another domain than the whole, and no gateway writes its id
   * in another way.
   */
  @Test
  void fieldOfTheGatewayShouldBeWholeAndPlain() {
    String padding = "x".repeat(16_384 - " mx.example; dkim=pass header.i=@d.example".length());
    for (String field :
        List.of(
            "mx.example; dkim=pass header.i=" + padding + "@d.example.evil.example",
            "\"mx.example\"; dkim=pass header.d=d.example",
            "(c) mx.example; dkim=pass header.d=d.example",
            "mx.example; dkim=pass header.d=d.example reason=\"",
            "mx.example; dkim=pass header.d=d.example (")) {
      assertFault(behindGateway(field, ""), Fault.FAILED, "longer than");
    }
  }

  @Test
  void gatewaysOwnWordsShouldBeTold() {
    assertFault(
        behindGateway("mx.example; dkim=temperror; dkim=evil", ""),
        Fault.FAILED,
        "its results: temperror, unknown");
    assertFault(behindGateway("other.example; dkim=pass", ""), Fault.MISSING, "no Authentication");
  }

  private static Authenticity behindGateway(String results, String signatures) {
    byte[] octets =
        ("Authentication-Results: " + results + "\r\n" + signatures + MAIL).getBytes(ISO_8859_1);
    return new GatewayAuthenticator("mx.example")
        .judge(RawMail.of(octets, octets.length), Instant.EPOCH, WaitingThread.SPOOLER);
  }

  private static void assertFault(Authenticity found, Fault fault, String why) {
    assertThat(found)
        .isInstanceOfSatisfying(
            Unauthenticated.class,
            bad -> {
              assertThat(bad.fault()).isEqualTo(fault);
              assertThat(bad.detail()).contains(why).matches("[ -~]+");
            });
  }

  private void publish(String domain, String... records) {
    keys.put(
        "sel." + domain,
        new KeyAnswer.Found(
            Arrays.stream(records).map(r -> KeyRecord.of(r).orElseThrow()).toList()));
  }

  private Authenticity judge(String mail) {
    byte[] octets = mail.getBytes(ISO_8859_1);
    try (DkimAuthenticator authenticator =
        new DkimAuthenticator(
            (selector, domain, deadline) ->
                keys.getOrDefault(selector + "." + domain, new KeyAnswer.Absent()))) {
      return authenticator.judge(
          RawMail.of(octets, octets.length), Instant.ofEpochSecond(1_000), WaitingThread.SPOOLER);
    }
  }
}
