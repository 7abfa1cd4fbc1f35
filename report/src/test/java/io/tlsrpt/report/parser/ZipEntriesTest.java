// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.report.parser;

import static io.tlsrpt.report.parser.Samples.bytes;
import static io.tlsrpt.report.parser.Samples.gzip;
import static io.tlsrpt.report.parser.Samples.parse;
import static io.tlsrpt.report.parser.Samples.report;
import static io.tlsrpt.report.parser.Samples.summary;
import static io.tlsrpt.report.parser.Samples.zip;
import static org.assertj.core.api.Assertions.assertThat;

import io.tlsrpt.report.ReportLimits;
import io.tlsrpt.report.parser.Samples.Entry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ZipEntriesTest {
  private static final Entry FOLDER = new Entry("reports/", "");
  private static final Entry README = new Entry("readme.txt", "Reports of one day.\n".repeat(100));
  private static final Entry EMPTY = new Entry("empty", "");
  private static final Entry FIRST = new Entry("reports/1.json", report("1"));
  private static final Entry SECOND = new Entry("reports/2.json", report("2"));

  @Test
  void whatIsNoReportShouldBePassedOver() {
    assertThat(summary(parse(zip(List.of(FOLDER, README, EMPTY, FIRST))))).isEqualTo("1 (zip 1)");
    assertThat(summary(parse(zip(List.of(FIRST, README, EMPTY))))).isEqualTo("1 (zip 1)");
    assertThat(summary(parse(gzip(zip(List.of(FOLDER, FIRST))))))
        .isEqualTo("1 (zip 1, compressed-twice 1)");
  }

  @Test
  void everyReportShouldBeRead() {
    assertThat(summary(parse(zip(List.of(FOLDER, FIRST, README, SECOND)))))
        .isEqualTo("1 (zip 1), 2 (several-reports 1)");
    assertThat(
            summary(
                parse(
                    zip(
                        List.of(
                            README,
                            new Entry("1.gz", gzip(FIRST.bytes())),
                            new Entry("2.gz", gzip(SECOND.bytes())))))))
        .isEqualTo("1 (zip 1, compressed-twice 1), 2 (several-reports 1)");
  }

  @Test
  void largeEntriesShouldBeReadToTheirEnd() {
    Entry large = new Entry("large", " ".repeat(100_000) + report("1") + " ".repeat(100_000));

    assertThat(summary(parse(zip(List.of(noise(100_000), large, noise(100_001), SECOND)))))
        .isEqualTo("1 (zip 1), 2 (several-reports 1)");
  }

  @Test
  void archiveWithoutReportShouldSaySo() {
    String none = "malformed: no entry of the zip archive is a report";

    assertThat(summary(parse(zip(List.of(FOLDER))))).isEqualTo(none);
    assertThat(summary(parse(zip(List.of(FOLDER, README, EMPTY))))).isEqualTo(none);
    assertThat(summary(parse(gzip(zip(List.of(README)))))).isEqualTo(none);
  }

  @Test
  void entriesShouldBeLimited() {
    List<Entry> most = new ArrayList<>();
    for (int i = 0; i < 99; i++) {
      most.add(new Entry("folder" + i + "/", ""));
    }
    most.add(FIRST);
    List<Entry> more = new ArrayList<>(most);
    more.addFirst(EMPTY);
    List<Entry> after = new ArrayList<>(most.reversed());
    after.addLast(EMPTY);

    assertThat(summary(parse(zip(most)))).isEqualTo("1 (zip 1)");
    assertThat(summary(parse(zip(more))))
        .isEqualTo("limit: more than 100 entries in the zip archive");
    assertThat(summary(parse(zip(after))))
        .isEqualTo("limit: more than 100 entries in the zip archive");
  }

  @Test
  void whatIsPassedOverShouldCountTowardsTheSize() {
    Entry some = new Entry("a", new byte[4_000]);
    byte[] archive = zip(List.of(some, FIRST, FOLDER, new Entry("b", some.bytes())));
    long size = 2L * some.bytes().length + FIRST.bytes().length;

    assertThat(summary(parse(archive, ReportLimits.DEFAULT.withSizes(1, size))))
        .isEqualTo("1 (zip 1)");
    assertThat(summary(parse(archive, ReportLimits.DEFAULT.withSizes(1, size - 1))))
        .isEqualTo("report-too-large: more than maxReportSize = " + (size - 1) + " bytes");
  }

  @Test
  void bombThatIsPassedOverShouldStopAtTheLimit() {
    Entry bomb = new Entry("bomb", new byte[30_000_000]);
    String tooLarge = "report-too-large: more than maxReportSize = 26214400 bytes";

    assertThat(summary(parse(zip(List.of(bomb, FIRST))))).isEqualTo(tooLarge);
    assertThat(summary(parse(zip(List.of(FIRST, bomb))))).isEqualTo(tooLarge);
    assertThat(summary(parse(gzip(zip(List.of(bomb, FIRST)))))).isEqualTo(tooLarge);
  }

  @Test
  void bombInManyEntriesShouldStopAtTheLimit() {
    Entry part = new Entry("part", new byte[1_000_000]);
    List<Entry> entries = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      entries.add(new Entry("part" + i, part.bytes()));
    }
    entries.add(FIRST);

    assertThat(summary(parse(zip(entries))))
        .isEqualTo("report-too-large: more than maxReportSize = 26214400 bytes");
  }

  @Test
  void bombBehindAReportShouldBeSounded() {
    Entry blanks = new Entry("blanks", " ".repeat(27_000_000));

    assertThat(summary(parse(zip(List.of(FOLDER, FIRST, blanks)))))
        .isEqualTo("report-too-large: more than maxReportSize = 26214400 bytes");
  }

  @Test
  void everyTruncationShouldLoseTheReportOrNothing() {
    byte[] archive = zip(List.of(FOLDER, README, FIRST));

    for (int length = 0; length < archive.length; length++) {
      assertThat(summary(parse(Arrays.copyOf(archive, length))))
          .containsAnyOf(
              "1 (zip 1)", "zip archive", "not JSON", "a report is a JSON object, this is not");
    }
  }

  @Test
  void everyDamageShouldGiveAResult() {
    byte[] archive = zip(List.of(FOLDER, README, FIRST, SECOND));
    Random random = new Random(1);

    for (int at = 0; at < archive.length; at++) {
      byte[] damaged = archive.clone();
      damaged[at] = (byte) random.nextInt();
      assertThat(parse(damaged)).isNotEmpty();
    }
  }

  private static Entry noise(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    bytes[0] = 0;
    return new Entry("noise" + length, bytes);
  }
}
