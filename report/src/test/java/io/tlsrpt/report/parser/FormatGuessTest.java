// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.report.parser;

import static io.tlsrpt.report.parser.Samples.bytes;
import static io.tlsrpt.report.parser.Samples.gzip;
import static io.tlsrpt.report.parser.Samples.joined;
import static io.tlsrpt.report.parser.Samples.parse;
import static io.tlsrpt.report.parser.Samples.report;
import static io.tlsrpt.report.parser.Samples.summary;
import static io.tlsrpt.report.parser.Samples.zip;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A report in a form that is not read: the message says which. */
class FormatGuessTest {
  private static final byte[] REPORT = bytes(report("1"));
  private static final String BASE64 =
      "it looks like base64, encoded twice or without its Content-Transfer-Encoding";
  private static final String QUOTED_PRINTABLE =
      "it looks like quoted-printable, encoded twice or without its Content-Transfer-Encoding";

  /** The beginnings of files of these formats. */
  @ParameterizedTest
  @CsvSource({
    "425a683931415926535993, bzip2",
    "fd377a585a000004e6d6b446, xz",
    "28b52ffd2401, Zstandard",
    "377abcaf271c0004, 7-Zip",
    "526172211a0701, RAR",
    "04224d186440a7, LZ4",
    "4c5a495001, lzip",
    "5d00008000ffff, LZMA",
    "1f9d907b, compress (.Z)",
    "504b0506000000000000, an empty zip archive",
    "255044462d312e37, PDF",
    "3c3f786d6c2076, XML or HTML",
    "3c68746d6c3e, XML or HTML",
    "626567696e20363434, uuencode",
    "1f3f0800, gzip whose octets above 127 were replaced on the way",
    "1fefbfbd0800, gzip whose octets above 127 were replaced on the way",
    "1fc28b0800, gzip whose octets above 127 were replaced on the way",
  })
  void formShouldBeToldByItsFirstBytes(String hex, String form) {
    byte[] beginning = HexFormat.of().parseHex(hex);

    for (byte[] body : List.of(beginning, gzip(beginning))) {
      assertThat(summary(parse(body)))
          .startsWith("malformed: not JSON at line 1, column ")
          .endsWith("; it looks like " + form);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 6, 9})
  void zlibAndDeflateShouldBeTold(int level) {
    assertThat(summary(parse(deflated(REPORT, level, false)))).endsWith("; it looks like zlib");
    assertThat(summary(parse(deflated(REPORT, level, true)))).endsWith("; it looks like deflate");
    String spaced = " \r\n" + report("1").replace("{\"report", "{\n  \"report");
    assertThat(summary(parse(deflated(bytes(spaced), level, true))))
        .endsWith("; it looks like deflate");
  }

  @Test
  void base64ThatIsLeftShouldBeTold() {
    Base64.Encoder lines = Base64.getMimeEncoder();
    for (byte[] inside :
        List.of(
            REPORT,
            bytes("\n  " + report("1")),
            gzip(REPORT),
            zip(List.of(new Samples.Entry("a.json", report("1")))),
            deflated(REPORT, 9, false),
            lines.encode(gzip(REPORT)))) {
      assertThat(summary(parse(lines.encode(inside)))).endsWith("; " + BASE64);
      assertThat(summary(parse(Base64.getEncoder().encode(inside)))).endsWith("; " + BASE64);
      assertThat(summary(parse(joined(bytes("\r\n"), lines.encode(inside), bytes("\r\n")))))
          .endsWith("; " + BASE64);
    }
    assertThat(summary(parse(gzip(lines.encode(REPORT))))).endsWith("; " + BASE64);
  }

  @Test
  void quotedPrintableThatIsLeftShouldBeTold() {
    String json = report("1");
    for (String text :
        List.of(
            json.replace("\"", "=22"),
            json.replace("{", "=7B").replace("}", "=7D"),
            json.replace("{", "=7b"),
            json.replace("report-id", "repor=\r\nt-id"),
            json.replace("report-id", "repor=\nt-id"),
            "\r\n " + json.replace(":", "=3A"))) {
      assertThat(summary(parse(bytes(text)))).as(text).endsWith("; " + QUOTED_PRINTABLE);
    }
    assertThat(summary(parse(bytes("=1F=8B=08=00=00=00=00=00=00=FF")))).endsWith(QUOTED_PRINTABLE);
  }

  @Test
  void archiveOfTarShouldBeTold() {
    byte[] tar = new byte[1024];
    System.arraycopy(bytes("report.json"), 0, tar, 0, 11);
    System.arraycopy(bytes("ustar"), 0, tar, 257, 5);

    assertThat(summary(parse(gzip(tar)))).endsWith("; it looks like tar");
    assertThat(summary(parse(Arrays.copyOf(tar, 300)))).endsWith("; it looks like tar");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "malformed",
        "These are words that stand for themselves",
        "wordswordswordswords",
        "{'report-id': 1}",
        "{\"report-id\": \"a=b\", \"policies\": [}",
        "{\"report-id\" = \"1\"}",
        "x",
        "====",
        "{",
        "BZ",
      })
  void whatLooksLikeNothingShouldBeNoMoreThanNotJson(String text) {
    assertThat(summary(parse(bytes(text))))
        .matches("malformed: not JSON at line 1, column \\d+|limit.*");
  }

  @Test
  void formShouldBeToldWhateverFollows() {
    byte[] large = new byte[2_000_000];
    Arrays.fill(large, (byte) 'A');
    System.arraycopy(bytes("BZh9"), 0, large, 0, 4);

    assertThat(summary(parse(large))).contains("bzip2");
  }

  /** The message quotes nothing that a sender chose. */
  @Test
  void everyBeginningShouldGiveAnAnswer() {
    for (int first = 0; first < 256; first++) {
      for (int second = 0; second < 256; second++) {
        byte[] beginning = {(byte) first, (byte) second, 8, 0, 'x', 'y'};
        assertThat(FormatGuess.of(beginning).orElse("")).matches("[ -~]*");
      }
    }
    assertThat(FormatGuess.of(new byte[0])).isEmpty();
    assertThat(FormatGuess.of("\u00fc\u00fc".getBytes(UTF_8))).isEmpty();
    assertThat(FormatGuess.of("\u00fc\u00fc".getBytes(ISO_8859_1))).isEmpty();
  }

  private static byte[] deflated(byte[] bytes, int level, boolean bare) {
    Deflater deflater = new Deflater(level, bare);
    deflater.setInput(bytes);
    deflater.finish();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] buffer = new byte[1_000];
    while (!deflater.finished()) {
      out.write(buffer, 0, deflater.deflate(buffer));
    }
    deflater.end();
    return out.toByteArray();
  }
}
