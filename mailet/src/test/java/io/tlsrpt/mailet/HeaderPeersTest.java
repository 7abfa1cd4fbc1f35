// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.mailet;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** In random headers no reader sees a field that the others do not see. */
@Tag("slow")
class HeaderPeersTest {
  private static final int HEADERS = 100_000;

  /** Pieces of headers, and pieces that only look like them. */
  private static final String[] TOKENS = {
    "\r\n",
    "\r\n",
    "\r\n",
    "\r\n ",
    "\r\n\t",
    "\n",
    "\r",
    " ",
    "\t",
    ":",
    ": ",
    ":",
    " :",
    "\r\n :",
    "Content-Type",
    "content-type",
    "Content-Transfer-Encoding",
    "TLS-Report-Domain",
    "From",
    "X",
    "multipart/mixed; boundary=X",
    "a/b",
    "x.example",
    "base64",
    "a@reporter.example",
    "(",
    ")",
    "\"",
    "\0",
    "\u0001",
    "\u000b",
    "\f",
    "\u001f",
    "\u007f",
    "\u0080",
    "\u0085",
    "\u00a0",
    "\u00fc",
    ";",
    "=?utf-8?Q?a?=",
    "--X",
    "From a@b.example Mon",
    ">From ",
    "\r\n \r\n",
    "\r\n\r\n",
    "\r\r\n"
  };

  @Test
  void everyClearHeaderShouldBeReadAlike() {
    Random random = new Random(20261125);
    int clear = 0;
    for (int i = 0; i < HEADERS; i++) {
      if (HeaderPeers.agree(header(random))) {
        clear++;
      }
    }
    // With fewer nothing was compared, with more no header was hostile.
    assertThat(clear).isBetween(HEADERS / 20, HEADERS * 19 / 20);
  }

  /** Every other one is well-formed but for a token or two: pure noise is hardly ever clear. */
  private static byte[] header(Random random) {
    StringBuilder header = new StringBuilder();
    int lines = random.nextInt(4);
    for (int i = 0; i < lines; i++) {
      header.append("Field").append(i).append(": value").append("\r\n");
    }
    int tokens = random.nextInt(random.nextBoolean() ? 4 : 16);
    for (int i = 0; i < tokens; i++) {
      header.append(TOKENS[random.nextInt(TOKENS.length)]);
    }
    if (random.nextInt(8) > 0) {
      header.append("\r\nSubject: Report\r\n\r\nbody\r\n");
    }
    return header.toString().getBytes(ISO_8859_1);
  }
}
