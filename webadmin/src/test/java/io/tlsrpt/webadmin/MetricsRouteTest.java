// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.webadmin;

import static org.assertj.core.api.Assertions.assertThat;

import io.tlsrpt.webadmin.RawHttp.Received;
import io.tlsrpt.webadmin.SampleFigures.Told;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The address that Prometheus scrapes, in a real Spark: an answer larger than all its buffers. */
class MetricsRouteTest {
  private static final String OPEN_METRICS =
      "Accept: application/openmetrics-text;version=1.0.0,text/plain;q=0.5";

  private static WebAdminLike server;

  @BeforeAll
  static void start() {
    SampleFigures figures = new SampleFigures();
    for (int i = 0; i < 200; i++) {
      figures.add(new Told("bigmail.example", "d" + i + ".example", "enforce", 1, 10));
    }
    RunningReceiver receiver = new RunningReceiver();
    receiver.started(figures);
    server = WebAdminLike.open(new TlsReportRoutes(receiver));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void scrapeShouldGetAllSeries() {
    Received received = server.http().send("GET /tlsrpt/metrics", OPEN_METRICS);

    assertThat(received.status()).isEqualTo(200);
    assertThat(received.type())
        .isEqualTo("application/openmetrics-text;version=1.0.0;charset=utf-8");
    assertThat(received.header("Content-Encoding")).isEmpty();
    assertThat(received.text().lines().filter(line -> line.contains("{domain=\"d7.example\"")))
        .hasSize(46);
    assertThat(received.text()).hasSizeGreaterThan(500_000).endsWith("\n# EOF\n");
  }

  @Test
  void scrapeShouldBeCompressedForWhoTakesIt() throws IOException {
    Received plain = server.http().send("GET /tlsrpt/metrics", OPEN_METRICS);
    Received packed =
        server.http().send("GET /tlsrpt/metrics", OPEN_METRICS, "Accept-Encoding: gzip");

    assertThat(packed.header("Content-Encoding")).containsExactly("gzip");
    assertThat(packed.octets().length()).isLessThan(plain.octets().length() / 10);
    try (GZIPInputStream in =
        new GZIPInputStream(
            new ByteArrayInputStream(packed.octets().getBytes(StandardCharsets.ISO_8859_1)))) {
      assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo(plain.text());
    }
  }

  @Test
  void browserShouldSeeText() {
    Received seen = server.http().send("GET /tlsrpt/metrics", "Accept: text/html,*/*;q=0.8");

    assertThat(seen.type()).isEqualTo("text/plain;version=0.0.4;charset=utf-8");
    assertThat(seen.text()).startsWith("# HELP tlsrpt_").doesNotContain("# EOF");
  }

  @Test
  void headShouldHaveNoBody() {
    Received head = server.http().send("HEAD /tlsrpt/metrics", OPEN_METRICS);

    assertThat(head.status()).isEqualTo(200);
    assertThat(head.type()).startsWith("application/openmetrics-text");
    assertThat(head.octets()).isEmpty();
  }
}
