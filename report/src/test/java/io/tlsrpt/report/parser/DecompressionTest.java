// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.report.parser;

import static io.tlsrpt.report.parser.Samples.bytes;
import static io.tlsrpt.report.parser.Samples.gzip;
import static io.tlsrpt.report.parser.Samples.joined;
import static io.tlsrpt.report.parser.Samples.zip;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tlsrpt.report.ContentForm;
import io.tlsrpt.report.Deviations;
import io.tlsrpt.report.ParseResult;
import io.tlsrpt.report.SizeLimit;
import io.tlsrpt.report.TooLargeException;
import io.tlsrpt.report.UnreadableReportException;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What is taken off a report before it is read as JSON. */
class DecompressionTest {
  private static final String TEXT = "{\"report-id\":\"1\"}";
  private static final byte[] JSON = bytes(TEXT);
  private static final byte[] MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

  private final Deviations.Counter deviations = new Deviations.Counter(100);

  static Stream<Arguments> layers() {
    return Stream.of(
        Arguments.of("none", JSON, ""),
        Arguments.of("gzip", gzip(JSON), ""),
        Arguments.of("zip", zipped(JSON), "zip 1"),
        Arguments.of("gzip in gzip", gzip(gzip(JSON)), "compressed-twice 1"),
        Arguments.of("zip in gzip", gzip(zipped(JSON)), "zip 1, compressed-twice 1"),
        Arguments.of("mark", joined(MARK, JSON), "byte-order-mark 1"),
        Arguments.of("mark in gzip", gzip(joined(MARK, JSON)), "byte-order-mark 1"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("layers")
  void layersShouldBeTakenOff(String name, byte[] body, String told) throws IOException {
    assertThat(read(body, ContentForm.UNKNOWN)).isEqualTo(TEXT);
    assertThat(deviations.take()).hasToString(told);
  }

  @Test
  void thirdLayerShouldBeRefused() {
    assertThatExceptionOfType(UnreadableReportException.class)
        .isThrownBy(() -> read(gzip(gzip(gzip(JSON))), ContentForm.GZIP))
        .withMessage("compressed more than twice");
  }

  @ParameterizedTest
  @CsvSource({
    "GZIP, ''",
    "UNKNOWN, ''",
    "JSON, label-contradicts-content 1",
    "ZIP, label-contradicts-content 1",
  })
  void contentShouldDecideWhateverTheLabelSays(ContentForm label, String told) throws IOException {
    assertThat(read(gzip(JSON), label)).isEqualTo(TEXT);
    assertThat(deviations.take()).hasToString(told);
  }

  @Test
  void shortBodyShouldHaveNoLayer() throws IOException {
    assertThat(read(new byte[0], ContentForm.JSON)).isEmpty();
    assertThat(read(bytes("P"), ContentForm.JSON)).isEqualTo("P");
    assertThat(deviations.take().isEmpty()).isTrue();
  }

  /** An outer layer of empty members gives the inner one much to do, and no output. */
  @Test
  void everyLayerShouldBeLimited() throws IOException {
    byte[] empty = gzip(new byte[0]);
    byte[][] members = Collections.nCopies(5_000 / empty.length + 1, empty).toArray(byte[][]::new);
    byte[] outer = gzip(joined(joined(members), gzip(JSON)));

    try (Decompression layers = layers(outer, 6_000)) {
      assertThat(new String(layers.open(ContentForm.GZIP).readAllBytes(), UTF_8)).isEqualTo(TEXT);
      assertThat(layers.inflated()).isGreaterThan(5_000);
    }
    try (Decompression layers = layers(outer, 4_000)) {
      assertThatExceptionOfType(TooLargeException.class)
          .isThrownBy(() -> layers.open(ContentForm.GZIP).readAllBytes())
          .withMessage("too large");
    }
  }

  @Test
  void magicNumberShouldTellWhatIsCompressed() {
    assertThat(Decompression.isCompressed(gzip(JSON))).isTrue();
    assertThat(Decompression.isCompressed(zipped(JSON))).isTrue();
    assertThat(Decompression.isCompressed(JSON)).isFalse();
    assertThat(Decompression.isCompressed(bytes("PK\u0003"))).isFalse();
    assertThat(Decompression.isCompressed(new byte[0])).isFalse();
  }

  @Test
  void brokenStreamShouldBeToldFromOneThatEndsEarly() {
    assertThat(Decompression.broken("gzip stream", new EOFException()))
        .hasMessage("the gzip stream ends early")
        .hasCauseInstanceOf(EOFException.class);
    assertThat(Decompression.broken("zip archive", new IOException("invalid block type")))
        .hasMessage("the zip archive is broken");
  }

  private String read(byte[] body, ContentForm label) throws IOException {
    try (Decompression layers = layers(body, 1_000)) {
      return new String(layers.open(label).readAllBytes(), UTF_8);
    }
  }

  private Decompression layers(byte[] body, int limit) {
    return new Decompression(
        new ByteArrayInputStream(body),
        new SizeLimit(limit, ParseResult.Reason.REPORT_TOO_LARGE, "too large"),
        new InflaterPool(),
        deviations);
  }

  private static byte[] zipped(byte[] bytes) {
    return zip(List.of(new Samples.Entry("report.json", bytes)));
  }
}
