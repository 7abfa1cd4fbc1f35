// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.dkim;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.tlsrpt.message.RawMail;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignatureFieldTest {
  private static final String GOOD =
      "v=1; a=rsa-sha256; d=d.example; s=sel; h=From:To; bh=YWJj; b=eHl6";

  @ParameterizedTest
  @ValueSource(strings = {"v", "a", "b", "bh", "d", "h", "s"})
  void requiredTagThatIsMissingShouldMakeItNone(String tag) {
    assertThat(of(GOOD)).isPresent();
    assertThat(of(("; " + GOOD).replaceFirst("; " + tag + "=[^;]*", ""))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "c=relaxed|true",
        "c=Relaxed/Simple|true",
        "c=simple/x|false",
        "c=|false",
        "c=relaxed/|false",
        "c=relaxed/relaxed/x|false",
        "t=1|true",
        "t=|false",
        "t=-1|false",
        "t=1 2|false",
        "t=x|false",
        "x=999999999999|true",
        "x=1000000000000|false",
        "x=|false",
        "t=5; x=6|true",
        "t=5; x=5|false",
        "t=6; x=5|false",
        "l=0|true",
        "v=1|false",
        "new=tag|true",
        "no tag|false"
      })
  void furtherTagsShouldBeHeldAgainstTheRfc(String tags, boolean isOne) {
    assertThat(of(GOOD + "; " + tags).isPresent()).isEqualTo(isOne);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "v=1|v=2",
        "v=1|v=",
        "h=From:To|h=To",
        "h=From:To|h=",
        "h=From:To|h=from2",
        "b=eHl6|b=",
        "b=eHl6|b=%",
        "bh=YWJj|bh=",
        "bh=YWJj|bh=YWJj="
      })
  void valueThatTheRfcRulesOutShouldMakeItNone(String good, String bad) {
    assertThat(of(GOOD.replaceFirst("\\b" + good, bad))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "'', true, true", "i=@d.example, true, true", "i=a@D.Example, true, true",
    "i=@x.d.example, true, false", "i=@xd.example, false, false", "i=@example, false, false",
    "i=d.example, false, true", "i=, false, false", "i=@, false, false",
    "i=@x.example@d.example, true, true", "i=@-.d.example, true, false"
  })
  void identityShouldBeOfTheSigner(String tag, boolean ofSigner, boolean itself) {
    SignatureField field = of(GOOD + ";" + tag).orElseThrow();
    assertThat(field.identityIsOfSigner()).isEqualTo(ofSigner);
    if (ofSigner) {
      assertThat(field.identityIsSignerItself()).isEqualTo(itself);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'', true",
    "q=dns/txt, true",
    "q=DNS/TXT, true",
    "q=other : dns/txt, true",
    "q=other, false",
    "q=, false",
    "q=dns, false"
  })
  void keyShouldBeInTheDns(String tag, boolean isThere) {
    assertThat(of(GOOD + ";" + tag).orElseThrow().keyIsInDns()).isEqualTo(isThere);
  }

  @Test
  void lastSecondShouldBeWithinTheTime() {
    SignatureField field = of(GOOD + "; x=100").orElseThrow();
    assertThat(field.isExpired(Instant.ofEpochSecond(100))).isFalse();
    assertThat(field.isExpired(Instant.ofEpochSecond(101))).isTrue();
  }

  @Test
  void partOfTheBodyShouldBeToldFromAll() {
    assertThat(of(GOOD).orElseThrow().signsPartOfTheBody()).isFalse();
    assertThat(of(GOOD + "; l=").orElseThrow().signsPartOfTheBody()).isTrue();
  }

  /** RFC 6376 §3.7: its own value is left out, with the blanks around it, and nothing else. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a=x; b=@|a=x; b=|a=x; b=",
        "b=@; a=x|b=; a=x|b=; a=x",
        "a=x; b= @ ; c=y|a=x; b=; c=y|a=x; b=; c=y",
        "a=x;b = @;|a=x;b =;|a=x;b =;",
        "a=x; b=@~~;~c=y|a=x; b=;~c=y|a=x; b=; c=y",
        "b=~@~|b=|b="
      })
  void ownValueShouldNotBeSigned(String text, String simple, String relaxed) {
    String rest = ";v=1; a=rsa-sha256; d=d.example; s=sel; h=From; bh=YWJj";
    String before = text.replace("a=x", "z=x").replace("c=y", "w=y").replace("~", "\r\n\t");
    String joint = before.endsWith(";") ? rest.substring(1) : rest;
    assertThat(unsigned(before.replace("@", "eH\r\n l6") + joint + "; c=simple"))
        .isEqualTo("DKIM-Signature:" + tags(simple).replace("~", "\r\n\t") + joint + "; c=simple");
    assertThat(unsigned(before.replace("@", "eH\r\n l6") + joint + "; c=relaxed"))
        .isEqualTo("dkim-signature:" + tags(relaxed) + joint + "; c=relaxed");
  }

  @Test
  void longFieldShouldBeNone() {
    assertThat(of(GOOD + "; z=" + "x".repeat(8_000))).isPresent();
    assertThat(of(GOOD + "; z=" + "x".repeat(8_192))).isEmpty();
  }

  private static String tags(String text) {
    return text.replace("a=x", "z=x").replace("c=y", "w=y");
  }

  private static String unsigned(String value) {
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    ByteSink out = new ByteSink(written::write);
    of(value).orElseThrow().writeUnsigned(out);
    out.flush();
    return written.toString(ISO_8859_1);
  }

  private static Optional<SignatureField> of(String value) {
    byte[] mail = ("DKIM-Signature:" + value + "\r\n\r\n").getBytes(ISO_8859_1);
    return RawMail.of(mail, mail.length)
        .header()
        .first("dkim-signature")
        .flatMap(SignatureField::of);
  }
}
