// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.report.parser;

import static io.tlsrpt.report.parser.Samples.bytes;
import static io.tlsrpt.report.parser.Samples.gzip;
import static io.tlsrpt.report.parser.Samples.joined;
import static io.tlsrpt.report.parser.Samples.report;
import static io.tlsrpt.report.parser.Samples.zip;
import static org.assertj.core.api.Assertions.assertThat;

import io.tlsrpt.report.ContentForm;
import io.tlsrpt.report.ParseResult;
import io.tlsrpt.report.ReadingBudget;
import io.tlsrpt.report.ReportLimits;
import io.tlsrpt.report.parser.Samples.Entry;
import java.io.ByteArrayInputStream;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Body parts of one mail, one after another. */
class ReadingBudgetTest {
  private static final ReportParser PARSER = new ReportParser(ReportLimits.DEFAULT);

  private final ReadingBudget budget = PARSER.budget(() -> {});

  @Test
  void bytesShouldBeThoseOfAllPartsTogether() {
    long most = ReportLimits.DEFAULT.maxReportSize();
    byte[] half = gzip(bytes(padded("1", most / 2)));

    assertThat(read(half)).isEqualTo("1");
    assertThat(read(gzip(bytes(report("2"))))).isEqualTo("2");
    assertThat(read(half))
        .isEqualTo(
            "limit: all reports of the mail together have more than maxReportSize = "
                + most
                + " bytes");
    assertThat(read(bytes(report("3")))).startsWith("limit: all reports of the mail together");
  }

  @Test
  void partThatIsTooLargeByItselfShouldSaySo() {
    byte[] bomb = gzip(bytes(padded("1", ReportLimits.DEFAULT.maxReportSize() + 1)));

    assertThat(read(bomb)).startsWith("report-too-large: more than maxReportSize = ");
    assertThat(read(bytes(report("2")))).startsWith("limit: all reports of the mail together");
  }

  @Test
  void innerLayerShouldCountToo() {
    // Blocks of nothing: a gzip stream of 25 MiB that holds a small report.
    byte[] padded = withEmptyBlocks(gzip(bytes(report("1"))), 24 << 20);

    assertThat(read(gzip(padded))).isEqualTo("1 (compressed-twice 1)");
    assertThat(read(gzip(padded))).startsWith("limit: all reports of the mail together");
  }

  private static byte[] withEmptyBlocks(byte[] gzip, int bytes) {
    byte[] blocks = new byte[bytes / 5 * 5];
    for (int i = 0; i < blocks.length; i += 5) {
      blocks[i + 3] = (byte) 0xff;
      blocks[i + 4] = (byte) 0xff;
    }
    int header = 10;
    return joined(
        Arrays.copyOf(gzip, header), blocks, Arrays.copyOfRange(gzip, header, gzip.length));
  }

  @Test
  void entriesThatArePassedOverShouldCountToo() {
    byte[] noise = bytes("readme ".repeat((20 << 20) / 7));
    byte[] archive = zip(List.of(new Entry("readme.txt", noise), new Entry("a.json", report("1"))));

    assertThat(read(archive)).isEqualTo("1 (zip 1)");
    assertThat(read(archive)).startsWith("limit: all reports of the mail together");
  }

  @Test
  void boundToBeLargeShouldBeToldBefore() {
    AtomicInteger told = new AtomicInteger();
    ReadingBudget own = PARSER.budget(told::incrementAndGet);
    byte[] small = gzip(bytes(padded("1", 40 << 10)));
    PARSER.parse(new ByteArrayInputStream(small), ContentForm.GZIP, own);
    assertThat(told).hasValue(0);

    PARSER.parse(new ByteArrayInputStream(small), ContentForm.GZIP, own);
    assertThat(told).hasPositiveValue();
  }

  @Test
  void brokenPartShouldCostWhatWasReadOfIt() {
    int size = 10 << 20;
    byte[] broken = gzip(bytes(padded("1", size).replace("}", "")));

    assertThat(read(broken)).startsWith("malformed");
    assertThat(read(broken)).startsWith("malformed");
    assertThat(read(broken)).startsWith("limit: all reports of the mail together");
  }

  @Test
  void detailsShouldBeThoseOfAllPartsTogether() {
    String details = "{},".repeat(ReportLimits.DEFAULT.maxFailureDetails() - 1) + "{}";
    String all =
        report("1").replace("\"summary\"", "\"failure-details\":[" + details + "],\"summary\"");
    String one = report("2").replace("\"summary\"", "\"failure-details\":[{}],\"summary\"");

    assertThat(read(gzip(bytes(all)))).startsWith("1 (");
    assertThat(read(bytes(one))).startsWith("limit: more than maxFailureDetails = 250000");
    assertThat(read(bytes(report("3")))).isEqualTo("3");
  }

  @Test
  void policiesShouldBeThoseOfAllPartsTogether() {
    for (int i = 0; i < ReportLimits.DEFAULT.maxPolicies(); i++) {
      assertThat(read(bytes(report("" + i)))).isEqualTo("" + i);
    }

    assertThat(read(bytes(report("one more")))).startsWith("limit: more than maxPolicies = 1000");
  }

  @Test
  void textsShouldBeThoseOfAllPartsTogether() {
    String texts = "\"a\",".repeat(ReportLimits.DEFAULT.maxTexts() / 2 - 1) + "\"a\"";
    String half = report("1").replace("\"sts\",", "\"sts\",\"mx-host\":[" + texts + "],");

    assertThat(read(bytes(half))).isEqualTo("1");
    assertThat(read(bytes(half))).isEqualTo("1");
    assertThat(read(bytes(half))).startsWith("limit: more than maxTexts = 10000");
  }

  @Test
  void otherMailShouldHaveABudgetOfItsOwn() {
    budget.spendAll();

    assertThat(read(bytes(report("1")))).startsWith("limit");
    assertThat(Samples.summary(Samples.parse(bytes(report("1"))))).isEqualTo("1");
  }

  private String read(byte[] part) {
    List<ParseResult> results =
        PARSER.parse(new ByteArrayInputStream(part), ContentForm.UNKNOWN, budget);
    return Samples.summary(results);
  }

  /** A report of about so many bytes, which no ratio takes for a bomb. */
  private static String padded(String id, long size) {
    StringBuilder padding = new StringBuilder((int) size);
    padding.append("\"x\":\"");
    for (int i = 0; padding.length() < size; i++) {
      padding
          .append(Integer.toHexString(31 * i * i + i))
          .append(i % 5_000 == 0 ? "\",\"x\":\"" : "");
    }
    return report(id).replace("\"policies\"", padding + "\",\"policies\"");
  }
}
