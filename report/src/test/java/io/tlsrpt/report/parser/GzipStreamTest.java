// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.report.parser;

import static io.tlsrpt.report.parser.Samples.bytes;
import static io.tlsrpt.report.parser.Samples.gzip;
import static io.tlsrpt.report.parser.Samples.joined;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tlsrpt.report.ContentForm;
import io.tlsrpt.report.ParseResult;
import io.tlsrpt.report.ReportLimits;
import io.tlsrpt.report.SizeLimit;
import io.tlsrpt.report.UnreadableReportException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GzipStreamTest {
  private static final int FLAGS = 3;
  private static final int HEADER = 10;
  private static final String TEXT = "what is in it";

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 13, 511, 512, 513, 100_000})
  void anyLengthShouldBeRead(int length) throws IOException {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);

    try (InputStream in = stream(gzip(bytes))) {
      assertThat(in.readAllBytes()).isEqualTo(bytes);
      assertThat(in.read()).isEqualTo(-1);
    }
  }

  @Test
  void membersShouldBeReadOneAfterAnother() throws IOException {
    byte[] empty = gzip(new byte[0]);

    assertThat(read(joined(gzip(bytes("what ")), empty, gzip(bytes("is in it")), empty)))
        .isEqualTo(TEXT);
  }

  @Test
  void everyFieldOfTheHeaderShouldBePassedOver() throws IOException {
    byte[] extra = joined(new byte[] {0, 2}, new byte[512]);
    byte[] name = bytes("report.json\0");

    assertThat(read(withHeader(4, extra))).isEqualTo(TEXT);
    assertThat(read(withHeader(8, name))).isEqualTo(TEXT);
    assertThat(read(withHeader(16, name))).isEqualTo(TEXT);
    assertThat(read(withHeader(1 | 4 | 8 | 16, joined(extra, name, name)))).isEqualTo(TEXT);
    assertThat(read(withChecksum(withHeader(2 | 8, name), HEADER + name.length))).isEqualTo(TEXT);
    assertThat(
            read(
                withChecksum(
                    withHeader(2 | 4 | 8 | 16, joined(extra, name, name)),
                    HEADER + extra.length + 2 * name.length)))
        .isEqualTo(TEXT);
  }

  @Test
  void damagedHeaderShouldBeBroken() {
    byte[] checked = withChecksum(withHeader(2, new byte[0]), HEADER);
    byte[] damaged = checked.clone();
    damaged[4]++;
    byte[] method = gzip(bytes(TEXT));
    method[2] = 7;

    assertThat(failure(damaged)).isEqualTo("the gzip stream is broken");
    assertThat(failure(method)).isEqualTo("the gzip stream is broken");
    for (int length = 0; length < HEADER + 2; length++) {
      assertThat(failure(Arrays.copyOf(checked, length))).isEqualTo("the gzip stream ends early");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 5, 8})
  void wrongChecksumOrLengthShouldBeBroken(int fromTheEnd) {
    byte[] gzip = gzip(bytes(TEXT));
    gzip[gzip.length - fromTheEnd]++;

    assertThat(failure(gzip)).isEqualTo("the gzip stream is broken");
    assertThat(failure(joined(gzip(bytes("a good one")), gzip)))
        .isEqualTo("the gzip stream is broken");
  }

  @Test
  void everyTruncationShouldEndEarly() {
    byte[] gzip = gzip(bytes(TEXT));

    for (int length = 0; length < gzip.length; length++) {
      assertThat(failure(Arrays.copyOf(gzip, length))).isEqualTo("the gzip stream ends early");
    }
  }

  @Test
  void whatIsNoFurtherMemberShouldBeIgnored() throws IOException {
    byte[] gzip = gzip(bytes(TEXT));

    assertThat(read(joined(gzip, bytes("\r\n")))).isEqualTo(TEXT);
    assertThat(read(joined(gzip, new byte[1_000]))).isEqualTo(TEXT);
    assertThat(read(joined(gzip, bytes("\r\n"), gzip))).isEqualTo(TEXT);
    assertThat(read(joined(gzip, Arrays.copyOf(gzip, HEADER - 1)))).isEqualTo(TEXT);
    assertThat(failure(joined(gzip, Arrays.copyOf(gzip, HEADER))))
        .isEqualTo("the gzip stream ends early");
  }

  @Test
  void whatTheStreamBelowRefusesShouldNotBeTakenForNoise() {
    byte[] gzip = gzip(bytes(TEXT));
    InputStream limited =
        new LimitedInputStream(
            new ByteArrayInputStream(joined(gzip, gzip)),
            new SizeLimit(
                gzip.length + HEADER - 1, ParseResult.Reason.REPORT_TOO_LARGE, "too large"),
            0);

    assertThatExceptionOfType(UnreadableReportException.class)
        .isThrownBy(() -> new GzipStream(limited, new InflaterPool()).readAllBytes())
        .withMessage("too large");
  }

  @Test
  void inflaterShouldBeGivenBackOnce() throws IOException {
    InflaterPool pool = new InflaterPool();
    InputStream in = new GzipStream(new ByteArrayInputStream(gzip(bytes(TEXT))), pool);

    assertThat(pool.idle()).isZero();
    assertThat(in.read()).isEqualTo('w');
    in.close();
    in.close();
    assertThat(pool.idle()).isEqualTo(1);
    assertThat(in.read()).isEqualTo(-1);
  }

  @Test
  void inflaterOfAnyReadingShouldServeTheNext() {
    ReportParser parser = new ReportParser(ReportLimits.DEFAULT);
    byte[] good = gzip(bytes(Samples.report("1")));
    byte[] deflate = good.clone();
    Arrays.fill(deflate, HEADER, HEADER + 20, (byte) 0xff);
    byte[] trailer = good.clone();
    trailer[good.length - 1]++;

    byte[][] bad = {
      deflate,
      trailer,
      Arrays.copyOf(good, 100),
      gzip(bytes("noise")),
      gzip(trailer),
      gzip(gzip(good)),
      joined(good, deflate),
    };
    for (byte[] body : bad) {
      assertThat(parser.parse(new ByteArrayInputStream(body), ContentForm.GZIP))
          .singleElement()
          .isInstanceOf(ParseResult.Malformed.class);
      assertThat(parser.parse(new ByteArrayInputStream(good), ContentForm.GZIP))
          .singleElement()
          .isInstanceOf(ParseResult.Parsed.class);
    }
  }

  private static byte[] withHeader(int flags, byte[] fields) {
    byte[] gzip = gzip(bytes(TEXT));
    byte[] header = Arrays.copyOf(gzip, HEADER);
    header[FLAGS] = (byte) flags;
    return joined(header, fields, Arrays.copyOfRange(gzip, HEADER, gzip.length));
  }

  private static byte[] withChecksum(byte[] gzip, int headerLength) {
    CRC32 crc = new CRC32();
    crc.update(gzip, 0, headerLength);
    return joined(
        Arrays.copyOf(gzip, headerLength),
        new byte[] {(byte) crc.getValue(), (byte) (crc.getValue() >> 8)},
        Arrays.copyOfRange(gzip, headerLength, gzip.length));
  }

  private static InputStream stream(byte[] gzip) throws IOException {
    return new GzipStream(new ByteArrayInputStream(gzip), new InflaterPool());
  }

  private static String read(byte[] gzip) throws IOException {
    try (InputStream in = stream(gzip)) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }

  private static String failure(byte[] gzip) {
    try {
      return "read: " + read(gzip);
    } catch (IOException e) {
      assertThat(e).isInstanceOf(UnreadableReportException.class);
      return String.valueOf(e.getMessage());
    }
  }
}
