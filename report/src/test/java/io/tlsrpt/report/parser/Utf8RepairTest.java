// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.report.parser;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tlsrpt.report.Deviation;
import io.tlsrpt.report.Deviations;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class Utf8RepairTest {
  @Test
  void utf8ShouldPassAsItIs() throws IOException {
    for (String text : new String[] {"", "{", "{}", "{\"a\":\"\u00e4\u20ac\ud83d\ude00\"}"}) {
      for (int block = 1; block < 12; block++) {
        assertThat(repaired(text.getBytes(UTF_8), block)).isEqualTo(text);
        assertThat(isTold(text.getBytes(UTF_8))).isFalse();
      }
    }
  }

  @Test
  void otherBytesShouldBeReplaced() throws IOException {
    byte[] bytes = "{\"a\":\"Rep\u00fcrter \u00ff\"}".getBytes(ISO_8859_1);
    for (int block = 1; block < bytes.length + 1; block++) {
      assertThat(repaired(bytes, block)).isEqualTo("{\"a\":\"Rep\ufffdrter \ufffd\"}");
    }
    assertThat(isTold(bytes)).isTrue();
    assertThat(repaired(new byte[] {'{', '"', (byte) 0xE2, (byte) 0x82}, 2)).isEqualTo("{\"\ufffd");
  }

  @Test
  void otherEncodingsOfUnicodeShouldPass() throws IOException {
    for (Charset charset : new Charset[] {UTF_16BE, UTF_16LE, Charset.forName("UTF-32BE")}) {
      byte[] bytes = "{\"a\":\"\u00e4\u20ac\"}".getBytes(charset);
      assertThat(bytes(bytes, 3)).isEqualTo(bytes);
      byte[] marked = "\ufeff{\"a\":\"\u00e4\u20ac\"}".getBytes(charset);
      assertThat(bytes(marked, 3)).isEqualTo(marked);
      assertThat(isTold(marked)).isFalse();
    }
  }

  @Property
  void whateverTheBytesAndBlocksTheResultShouldBeThatOfTheJdk(
      @ForAll @Size(max = 200) byte[] bytes, @ForAll @IntRange(min = 1, max = 64) int block)
      throws IOException {
    byte[] json = new byte[bytes.length + 4];
    Arrays.fill(json, 0, 4, (byte) ' ');
    System.arraycopy(bytes, 0, json, 4, bytes.length);
    assertThat(repaired(json, block)).isEqualTo(new String(json, UTF_8));
  }

  private static String repaired(byte[] bytes, int block) throws IOException {
    return new String(bytes(bytes, block), UTF_8);
  }

  private static byte[] bytes(byte[] bytes, int block) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] buffer = new byte[block];
    try (Utf8Repair in = repair(bytes, new Deviations.Counter(10))) {
      for (int n = in.read(buffer, 0, block); n >= 0; n = in.read(buffer, 0, block)) {
        assertThat(n).isPositive();
        out.write(buffer, 0, n);
      }
    }
    return out.toByteArray();
  }

  private static boolean isTold(byte[] bytes) throws IOException {
    Deviations.Counter deviations = new Deviations.Counter(10);
    try (Utf8Repair in = repair(bytes, deviations)) {
      while (in.read() >= 0) {
        // Read to the end.
      }
    }
    return deviations.take().equals(Deviations.NONE.plus(Deviation.TEXT_NOT_UTF_8));
  }

  private static Utf8Repair repair(byte[] bytes, Deviations.Counter deviations) {
    return new Utf8Repair(new ByteArrayInputStream(bytes), deviations);
  }
}
