// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.mailet;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;

class MailBytesTest {
  private static final byte[] ALPHABET = "-abcdefghij-".getBytes(US_ASCII);

  /** {@code abcdefghij}. */
  private final MailBytes in = new MailBytes(ALPHABET, 1, ALPHABET.length - 1);

  private static String rest(InputStream in) throws IOException {
    return new String(in.readAllBytes(), US_ASCII);
  }

  @Test
  void endsWithItsPartOfTheBytes() throws IOException {
    assertThat(in.available()).isEqualTo(10);
    assertThat(rest(in)).isEqualTo("abcdefghij");
    assertThat(in.read()).isEqualTo(-1);
    assertThat(in.read(new byte[4], 0, 4)).isEqualTo(-1);
    assertThat(in.read(new byte[4], 0, 0)).isZero();
    assertThat(in.skip(1)).isZero();
  }

  @Test
  void tellsAndTakesUpPositions() throws IOException {
    assertThat(in.skip(3)).isEqualTo(3);
    assertThat(in.getPosition()).isEqualTo(3);
    in.mark(100);
    assertThat(in.read()).isEqualTo('d');
    assertThat(in.skip(-2)).isZero();
    assertThat(in.getPosition()).isEqualTo(4);
    in.reset();
    assertThat(rest(in)).isEqualTo("defghij");
  }

  @Test
  void sharesItsBytesWithPartsOfParts() throws IOException {
    InputStream part = in.newStream(2, 8);
    assertThat(in.getPosition()).isZero();
    assertThat(part.read()).isEqualTo('c');
    assertThat(rest(((MailBytes) part).newStream(1, -1))).isEqualTo("defgh");
    assertThat(rest(((MailBytes) part).newStream(1, 3))).isEqualTo("de");
    assertThat(rest(in.newStream(10, -1))).isEmpty();
  }

  @Test
  void readsBytesAboveTheRangeOfAsciiAsPositive() {
    assertThat(new MailBytes(new byte[] {-1}, 0, 1).read()).isEqualTo(255);
  }
}
