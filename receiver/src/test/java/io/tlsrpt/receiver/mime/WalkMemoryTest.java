// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.receiver.mime;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.tlsrpt.message.RawMail;
import io.tlsrpt.report.ReportLimits;
import io.tlsrpt.report.parser.ReportParser;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A hostile mail with many lines does not make us allocate more. */
@Tag("slow")
class WalkMemoryTest {
  private static final int MAIL_SIZE = 15 << 20;
  private static final long FOR_THE_WALK = 4L << 20;
  private static final long FOR_ALL = 64L << 20;

  private final ThreadMXBean threads = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);
  private final ReportParts parts = new ReportParts(ReportLimits.DEFAULT);
  private final BodyReader bodies = new BodyReader(new ReportParser(ReportLimits.DEFAULT));

  @ParameterizedTest
  @ValueSource(
      strings = {"a", "a|", "a:|", ":|", "\u0000", "\rx", "--|", "--b|", "--b||", "|", "; /"})
  void hostileMailShouldCostLittle(String piece) {
    for (String beginning :
        new String[] {
          "",
          "Content-Type: ",
          "Content-Type: multipart/mixed||",
          "Content-Type: multipart/mixed; boundary=b||",
          "Content-Type: multipart/mixed; boundary=b||--b|",
          "Content-Type: multipart/mixed; boundary=b||--b|Content-Type: multipart/",
          "Content-Type: multipart/mixed; boundary=b||--b||",
          "Content-Type: multipart/mixed; boundary=b||--b|Content-Transfer-Encoding: base64||",
          "Content-Type: multipart/mixed; boundary=b||--b|Content-Type: multipart/mixed||"
        }) {
      byte[] mail = mail(beginning, piece);
      long all = threads.getCurrentThreadAllocatedBytes();
      RawMail raw = RawMail.of(mail, mail.length);
      long walk = threads.getCurrentThreadAllocatedBytes();
      ReportParts.Search search = parts.in(raw);
      assertThat(threads.getCurrentThreadAllocatedBytes() - walk)
          .as("the walk of %s", beginning)
          .isLessThan(FOR_THE_WALK);
      assertThat(ReportHeader.of(raw.header()).claimedReporter()).isEmpty();
      if (search instanceof ReportParts.Search.Found found) {
        assertThat(found.others().stream().filter(bodies::mayBeReport)).hasSizeLessThan(100);
      }
      assertThat(threads.getCurrentThreadAllocatedBytes() - all)
          .as("all of %s", beginning)
          .isLessThan(FOR_ALL);
    }
  }

  private static byte[] mail(String beginning, String piece) {
    byte[] first = beginning.replace("|", "\r\n").getBytes(ISO_8859_1);
    byte[] repeated = piece.replace("|", "\r\n").getBytes(ISO_8859_1);
    byte[] mail = new byte[MAIL_SIZE];
    System.arraycopy(first, 0, mail, 0, first.length);
    for (int i = first.length; i < mail.length; i++) {
      mail[i] = repeated[(i - first.length) % repeated.length];
    }
    return mail;
  }
}
