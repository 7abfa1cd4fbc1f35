// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.dkim;

import static org.assertj.core.api.Assertions.assertThat;

import io.tlsrpt.testing.DkimKey;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyRecordTest {
  /** AlgorithmIdentifier of RFC 8017, A.1. */
  private static final byte[] RSA_ENCRYPTION =
      HexFormat.of().parseHex("300d06092a864886f70d0101010500");

  private static final DkimKey KEY = DkimKey.ed25519();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "v=DKIM1; p=|true",
        "p=|true",
        "p=; k=rsa|true",
        ";v=DKIM1; p=|true",
        "v=DKIM1; n=a note; g=*; p=|true",
        "p=; v=DKIM1|false",
        "v=DKIM2; p=|false",
        "v=dkim1; p=|false",
        "v=; p=|false",
        "v=DKIM1|false",
        "v=DKIM1; p=; p=|false",
        "v=spf1 -all|false",
        "''|false"
      })
  void keyRecordShouldBeTold(String record, boolean isOne) {
    assertThat(KeyRecord.of(record).isPresent()).isEqualTo(isOne);
  }

  @Test
  void emptyKeyShouldBeRevoked() {
    assertThat(key("v=DKIM1; p= \t").isRevoked()).isTrue();
    assertThat(key(KEY.record()).isRevoked()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|true", "s=*;|true", "s=tlsrpt;|true", "s=TLSRPT;|true", "s=email : tlsrpt;|true",
        "s=email:*;|true", "s=email;|false", "s=;|true", "s=tlsrpt2;|false", "S=email;|true"
      })
  void servicesShouldBeToldFromAList(String tag, boolean serves) {
    assertThat(key(KEY.record(tag)).servesReports()).isEqualTo(serves);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|false|false",
        "t=y;|true|false",
        "t=s;|false|true",
        "t=y:s;|true|true",
        "t=S : Y;|true|true",
        "t=x;|false|false",
        "t=;|false|false"
      })
  void flagsShouldBeToldFromAList(String tag, boolean tests, boolean excludes) {
    assertThat(key(KEY.record(tag)).isForTests()).isEqualTo(tests);
    assertThat(key(KEY.record(tag)).excludesSubdomains()).isEqualTo(excludes);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "p=x|true|false",
        "k=rsa; p=x|true|false",
        "k=RSA; p=x|true|false",
        "k=Ed25519; p=x|false|true",
        "k=x; p=x|false|false",
        "h=sha256; p=x|true|false",
        "h=sha1; p=x|false|false",
        "h=sha1:SHA256; p=x|true|false",
        "h=; p=x|true|false"
      })
  void algorithmsShouldBeTold(String record, boolean rsa, boolean ed25519) {
    assertThat(key(record).isFor(Algorithm.RSA_SHA256)).isEqualTo(rsa);
    assertThat(key(record).isFor(Algorithm.ED25519_SHA256)).isEqualTo(ed25519);
  }

  @ParameterizedTest
  @CsvSource({"1023, false", "1024, true", "2048, true", "4096, true", "4097, false"})
  void lengthOfAnRsaKeyShouldBeLimited(int bits, boolean usable) {
    assertThat(rsa(bits, BigInteger.valueOf(65_537)).publicKey().isPresent()).isEqualTo(usable);
  }

  @ParameterizedTest
  @CsvSource({"17, true", "64, true", "65, false", "1000, false"})
  void lengthOfAnExponentShouldBeLimited(int bits, boolean usable) {
    BigInteger exponent = BigInteger.ONE.shiftLeft(bits - 1).add(BigInteger.ONE);
    assertThat(rsa(2_048, exponent).publicKey().isPresent()).isEqualTo(usable);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 31, 33, 44})
  void ed25519KeyShouldHave32Octets(int length) {
    assertThat(PublicKeys.parse("ed25519", Base64.getEncoder().encodeToString(new byte[length])))
        .isEmpty();
  }

  @Test
  void blanksWithinAKeyShouldNotMatter() {
    String record = KEY.record();
    int middle = record.length() - 20;
    assertThat(key(record.substring(0, middle) + " \t" + record.substring(middle)).publicKey())
        .isEqualTo(key(record).publicKey())
        .isPresent();
  }

  @ParameterizedTest
  @CsvSource({"rsa, AAAA", "rsa, '!'", "ed25519, '!'", "rsa, ''", "dsa, AAAA", "'', AAAA"})
  void whatIsNoKeyShouldBeNone(String type, String base64) {
    assertThat(PublicKeys.parse(type, base64)).isEmpty();
  }

  /** Half of all octets are no point of the curve: nothing is thrown, nothing verified. */
  @Test
  void randomKeysShouldVerifyNothing() {
    Random random = new Random(1);
    for (int i = 0; i < 200; i++) {
      byte[] key = new byte[32];
      random.nextBytes(key);
      PublicKeys.parse("ed25519", Base64.getEncoder().encodeToString(key))
          .ifPresent(
              usable ->
                  assertThat(Algorithm.ED25519_SHA256.verifies(usable, key, new byte[64]))
                      .isFalse());
    }
  }

  private static KeyRecord rsa(int length, BigInteger exponent) {
    BigInteger modulus = BigInteger.ONE.shiftLeft(length - 1).add(BigInteger.ONE);
    byte[] rsaKey = der(0x30, der(2, modulus.toByteArray()), der(2, exponent.toByteArray()));
    byte[] bits = der(3, new byte[1], rsaKey);
    return key("p=" + Base64.getEncoder().encodeToString(der(0x30, RSA_ENCRYPTION, bits)));
  }

  /** Written by hand: the JDK makes no key that is this odd. */
  private static byte[] der(int tag, byte[]... contents) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    for (byte[] piece : contents) {
      content.writeBytes(piece);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(tag);
    out.write(0x82);
    out.write(content.size() >> 8);
    out.write(content.size());
    out.writeBytes(content.toByteArray());
    return out.toByteArray();
  }

  private static KeyRecord key(String record) {
    return KeyRecord.of(record).orElseThrow();
  }
}
