// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.checks.connections;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.tlsrpt.checks.words.Words;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** What holds for whatever octets a host sends, in whatever pieces. */
@Tag("slow")
class HostInputPropertiesTest {
  @Property(tries = 2_000)
  void smtpReplyShouldBeReadOrRefusedWithinLimits(
      @ForAll("smtp") String text, @ForAll @IntRange(min = 1, max = 40) int piece) {
    SmtpReply reply = SmtpReply.read(new HostInput(pieces(text, piece)));

    assertThat(reply).isEqualTo(SmtpReply.read(new HostInput(pieces(text, text.length() + 1))));
    switch (reply) {
      case SmtpReply.Said said -> {
        assertThat(said.code()).isBetween(200, 599);
        assertThat(said.lines()).hasSizeBetween(1, SmtpReply.MAX_LINES);
        assertThat(said.words()).hasSizeLessThanOrEqualTo(Words.MAX_LENGTH).doesNotContain("\n");
      }
      case SmtpReply.None none -> assertIsWords(none.words());
    }
  }

  @Property(tries = 2_000)
  void httpAnswerShouldBeReadOrRefusedWithinLimits(
      @ForAll("http") String text, @ForAll @IntRange(min = 1, max = 40) int piece) {
    HttpAnswer answer = HttpAnswer.read(new HostInput(pieces(text, piece)));

    assertThat(answer).isEqualTo(HttpAnswer.read(new HostInput(pieces(text, text.length() + 1))));
    switch (answer) {
      case HttpAnswer.Policy policy ->
          assertThat(policy.body().octets()).hasSizeLessThanOrEqualTo(HttpBody.LIMIT);
      case HttpAnswer.NoPolicy none -> assertIsWords(none.words());
    }
  }

  @Property(tries = 500)
  void anyOctetsShouldBeReadOrRefused(@ForAll @Size(max = 5_000) byte[] octets) {
    InputStream smtp = new ByteArrayInputStream(octets);
    InputStream http = new ByteArrayInputStream(octets);

    assertThat(SmtpReply.read(new HostInput(smtp))).isNotNull();
    assertThat(HttpAnswer.read(new HostInput(http))).isNotNull();
  }

  @Property(tries = 300)
  void bodyShouldComeBackHoweverItIsCutIntoChunks(
      @ForAll @Size(max = 300) List<@IntRange(min = 1, max = 300) Integer> sizes) {
    String body = sizes.stream().map("x"::repeat).collect(Collectors.joining());
    String chunks =
        sizes.stream()
            .map(size -> Integer.toHexString(size) + "\r\n" + "x".repeat(size) + "\r\n")
            .collect(Collectors.joining());

    HttpAnswer answer =
        HttpAnswer.read(
            new HostInput(
                pieces(
                    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks + "0\r\n\r\n",
                    1_000)));

    assertThat(answer)
        .isEqualTo(
            body.length() > HttpBody.LIMIT
                ? new HttpAnswer.NoPolicy("its response has more than 64 KiB")
                : new HttpAnswer.Policy(
                    new PolicyBody(body.getBytes(ISO_8859_1)), Optional.empty()));
  }

  private static void assertIsWords(String words) {
    assertThat(words)
        .isNotBlank()
        .hasSizeLessThanOrEqualTo(Words.MAX_LENGTH)
        .doesNotContain("\n", "\r", "<");
  }

  /** Mostly what a reply consists of, so that some of it can be read. */
  @Provide
  Arbitrary<String> smtp() {
    return joined(
        Arbitraries.of(
            "2",
            "250",
            "250-",
            "250 ",
            "554",
            "\r\n",
            "\n",
            "\r",
            "x",
            "-",
            " ",
            "<",
            "\u00ff",
            "250-x\r\n",
            "x".repeat(2_040),
            "250-x\n".repeat(99)));
  }

  @Provide
  Arbitrary<String> http() {
    return joined(
            Arbitraries.of(
                "200",
                " ",
                "\r\n",
                "\n",
                "\r\n\r\n",
                ":",
                "0\r\n\r\n",
                "5\r\nabcde\r\n",
                "ffffffff",
                "Content-Length: 5",
                "content-length:99999999999",
                "Transfer-Encoding: chunked",
                "Location: /x\r\n",
                "HTTP/1.1 100 \r\n\r\n",
                "x".repeat(9_000),
                "\u00ff",
                "-1"))
        .flatMap(
            rest ->
                Arbitraries.of("HTTP/1.1 200 OK\r\n", "HTTP/1.1 301\r\n", "HTTP/1.", "")
                    .map(start -> start + rest));
  }

  private static Arbitrary<String> joined(Arbitrary<String> parts) {
    return parts.list().ofMaxSize(20).map(list -> String.join("", list));
  }

  /** As a network gives it: never more than some octets at a time. */
  private static InputStream pieces(String text, int size) {
    return new ByteArrayInputStream(text.getBytes(ISO_8859_1)) {
      @Override
      public synchronized int read(byte[] target, int start, int length) {
        return super.read(target, start, Math.min(length, size));
      }

      @Override
      public int read(byte[] target) throws IOException {
        return read(target, 0, target.length);
      }
    };
  }
}
