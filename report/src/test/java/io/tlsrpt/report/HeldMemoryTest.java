// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/** What reading holds beyond its result, weighed on the way. */
class HeldMemoryTest {
  private static final int DETAILS = 45_000;
  private static final long AT_MOST = 3_000_000;

  @Test
  void readingAHugeReportShouldHoldLittleBeyondItsResult(TestReporter reporter) throws IOException {
    byte[] gzip = huge();
    Scales scales = new Scales(gzip);
    ParseResult result =
        new ReportParser(ReportLimits.DEFAULT).parse(scales, ContentForm.GZIP).getFirst();
    long held = scales.heaviest - Scales.used();
    assertThat(result)
        .isInstanceOfSatisfying(
            ParseResult.Parsed.class,
            parsed ->
                assertThat(parsed.report().policies().getFirst().failureDetails())
                    .hasSize(DETAILS));
    assertThat(scales.weighings).isGreaterThan(4);
    reporter.publishEntry("bytes held beyond the result", Long.toString(held));
    assertThat(held).isLessThan(AT_MOST);
  }

  private static byte[] huge() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(
          """
          {"report-id":"1","policies":[{"policy":{"policy-type":"sts","policy-domain":"example.com"},
          "failure-details":[
          """
              .getBytes(UTF_8));
      for (int i = 0; i < DETAILS; i++) {
        gzip.write(
            """
            %s{"result-type":"certificate-expired","sending-mta-ip":"192.0.%d.%d",
            "receiving-mx-hostname":"mx%d.mail.example.com","receiving-ip":"198.51.100.%d",
            "failed-session-count":%d,"failure-reason-code":"X509_V_ERR_CERT_HAS_EXPIRED"}
            """
                .formatted(i == 0 ? "" : ",", i / 250 % 250, i % 250, i % 7, i % 100, i % 13)
                .getBytes(UTF_8));
      }
      gzip.write("]}]}".getBytes(UTF_8));
    }
    return out.toByteArray();
  }

  /** Weighs the heap each time that bytes are taken from it. */
  private static final class Scales extends FilterInputStream {
    int weighings;
    long heaviest;

    Scales(byte[] bytes) {
      super(new ByteArrayInputStream(bytes));
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int n = super.read(buffer, offset, length);
      weighings++;
      heaviest = Math.max(heaviest, used());
      return n;
    }

    static long used() {
      System.gc();
      return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
  }
}
