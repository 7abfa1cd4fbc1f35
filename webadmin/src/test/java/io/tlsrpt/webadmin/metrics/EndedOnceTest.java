// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.webadmin.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EndedOnceTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final EndedOnce text = new EndedOnce(out);

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5, 6, 7, 8, 11, 13, 100})
  void onlyTheLastEndShouldGoThrough(int atOnce) throws IOException {
    write("first 1\n# EOF\n", atOnce);
    text.next();
    write("# EOF\n", atOnce);
    text.next();
    write("second 2\n# EOF\n", atOnce);
    text.end();

    assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("first 1\nsecond 2\n# EOF\n");
  }

  @Test
  void formatWithoutAnEndShouldPassAsItIs() throws IOException {
    write("a\n", 100);
    text.next();
    text.write('b');
    text.next();
    write("", 1);
    text.end();

    assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("a\nb");
  }

  private void write(String written, int atOnce) throws IOException {
    byte[] octets = written.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < octets.length; i += atOnce) {
      text.write(octets, i, Math.min(atOnce, octets.length - i));
    }
  }
}
