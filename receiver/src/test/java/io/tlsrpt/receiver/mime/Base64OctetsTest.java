// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.receiver.mime;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Base64OctetsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|''",
        "YWJj|abc",
        "YWI=|ab",
        "YWI|ab",
        "YQ==|a",
        "YQ=|a",
        "YQ|a",
        "YWJjY|abc",
        "Y|''",
        "=|''",
        "====|''",
        "' Y\tW\r\nJ  j '|abc",
        "Y!W-J_j\u00ff|abc",
        "YWI=YWJj|ab",
        "'YWI=\r\n-- \r\na footer'|ab",
        "'\u00e4\u00f6'|''",
        "YR==|a",
        "YR|a"
      })
  void whatIsMeantShouldBeRead(String base64, String text) throws IOException {
    assertThat(new String(open(base64).readAllBytes(), ISO_8859_1)).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      ints = {1, 2, 3, 6_141, 6_142, 6_143, 6_144, 6_145, 6_146, 6_147, 12_287, 12_288, 12_289})
  void sizesAroundAChunkShouldBeRead(int size) throws IOException {
    byte[] octets = new byte[size];
    new Random(size).nextBytes(octets);
    for (String text :
        new String[] {
          Base64.getEncoder().encodeToString(octets),
          Base64.getEncoder().withoutPadding().encodeToString(octets),
          Base64.getMimeEncoder().encodeToString(octets)
        }) {
      assertThat(open(text).readAllBytes()).isEqualTo(octets);
      assertThat(octetByOctet(text)).isEqualTo(octets);
      assertThat(inPieces(text, octets.length)).isEqualTo(octets);
    }
  }

  @Test
  void foreignOctetsAloneShouldBeNothing() throws IOException {
    try (Base64Octets octets = open("\r\n".repeat(50_000))) {
      assertThat(octets.read()).isEqualTo(-1);
      assertThat(octets.read(new byte[5])).isEqualTo(-1);
      assertThat(octets.read(new byte[0])).isZero();
    }
  }

  @Test
  void nothingOutsideOfThePartShouldBeRead() throws IOException {
    byte[] bytes = "YWJjYWJjYWJj".getBytes(ISO_8859_1);
    assertThat(new Base64Octets(bytes, 4, 8).readAllBytes()).isEqualTo("abc".getBytes(ISO_8859_1));
    assertThat(new Base64Octets(bytes, 4, 4).readAllBytes()).isEmpty();
  }

  private static Base64Octets open(String text) {
    byte[] bytes = text.getBytes(ISO_8859_1);
    return new Base64Octets(bytes, 0, bytes.length);
  }

  private static byte[] octetByOctet(String text) throws IOException {
    byte[] all = new byte[text.length()];
    int count = 0;
    try (Base64Octets octets = open(text)) {
      for (int octet = octets.read(); octet >= 0; octet = octets.read()) {
        all[count++] = (byte) octet;
      }
    }
    return Arrays.copyOf(all, count);
  }

  private static byte[] inPieces(String text, int size) throws IOException {
    byte[] all = new byte[size + 7];
    int count = 0;
    try (Base64Octets octets = open(text)) {
      for (int read = 0;
          read >= 0;
          read = octets.read(all, count, Math.min(7, all.length - count))) {
        count += read;
      }
    }
    return Arrays.copyOf(all, count);
  }
}
