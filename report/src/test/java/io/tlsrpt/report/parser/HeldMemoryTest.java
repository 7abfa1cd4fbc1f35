// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.report.parser;

import static org.assertj.core.api.Assertions.assertThat;

import io.tlsrpt.report.ContentForm;
import io.tlsrpt.report.ParseResult;
import io.tlsrpt.report.ReportLimits;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/** What a report takes of the heap beyond its bytes, weighed while it is read and afterwards. */
@Tag("slow")
class HeldMemoryTest {
  private static final long AT_MOST = 4_000_000;

  @Test
  void hugeReportShouldTakeLittle(TestReporter reporter) {
    weigh(reporter, 45_000, report(45_000, HeldMemoryTest::usual));
    weigh(reporter, 45_000, Samples.gzip(report(45_000, HeldMemoryTest::usual)));
  }

  @Test
  void mostDetailsShouldTakeLittle(TestReporter reporter) {
    int most = ReportLimits.DEFAULT.maxFailureDetails();
    weigh(reporter, most, report(most, i -> "{}"));
    weigh(reporter, most, report(most, HeldMemoryTest::withThreeTexts));
  }

  private static String usual(int i) {
    return """
        {"result-type":"certificate-expired","sending-mta-ip":"192.0.%d.%d",
        "receiving-mx-hostname":"mx%d.mail.example.com","receiving-ip":"198.51.100.%d",
        "failed-session-count":%d,"failure-reason-code":"X509_V_ERR_CERT_HAS_EXPIRED"}
        """
        .formatted(i / 250 % 250, i % 250, i % 7, i % 100, i % 13);
  }

  private static String withThreeTexts(int i) {
    return """
        {"result-type":"%x","receiving-mx-hostname":"%x","additional-information":"%x"}"""
        .formatted(i, 31 * i, 31 * 31 * i);
  }

  private static void weigh(TestReporter reporter, int details, byte[] report) {
    ReportParser parser = new ReportParser(ReportLimits.DEFAULT);
    // Warm up: classes and the parser's pooled objects do not count for the measured report.
    parser.parse(new ByteArrayInputStream(report), ContentForm.UNKNOWN);
    Scales scales = new Scales(report);
    long before = Scales.used();
    ParseResult result = parser.parse(scales, ContentForm.UNKNOWN).getFirst();
    long after = Scales.used() - before;
    long heaviest = scales.heaviest - before;

    assertThat(result)
        .isInstanceOfSatisfying(
            ParseResult.Parsed.class,
            parsed ->
                assertThat(parsed.report().policies().getFirst().failures().details())
                    .isEqualTo(details));
    assertThat(scales.weighings).isGreaterThan(10);
    reporter.publishEntry(
        details + " details", heaviest + " bytes while they are read, " + after + " afterwards");
    assertThat(heaviest).isLessThan(AT_MOST);
    assertThat(after).isLessThan(AT_MOST);
  }

  private static byte[] report(int details, IntFunction<String> detail) {
    StringBuilder json =
        new StringBuilder(
            """
            {"report-id":"1","policies":[{"policy":{"policy-type":"sts","policy-domain":"example.com"},
            "failure-details":[
            """);
    for (int i = 0; i < details; i++) {
      json.append(i == 0 ? "" : ",").append(detail.apply(i));
    }
    return Samples.bytes(json.append("]}]}").toString());
  }

  /** Weighs the heap now and then when bytes are taken from it. */
  private static final class Scales extends FilterInputStream {
    private final int pause;
    private int sinceWeighing;
    int weighings;
    long heaviest;

    Scales(byte[] bytes) {
      super(new ByteArrayInputStream(bytes));
      this.pause = bytes.length / 30;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int n = super.read(buffer, offset, Math.min(length, pause));
      sinceWeighing += n;
      if (sinceWeighing >= pause) {
        sinceWeighing = 0;
        weighings++;
        heaviest = Math.max(heaviest, used());
      }
      return n;
    }

    static long used() {
      System.gc();
      return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
  }
}
