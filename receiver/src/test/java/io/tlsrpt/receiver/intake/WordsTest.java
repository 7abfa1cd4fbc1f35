// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.receiver.intake;

import static io.tlsrpt.testing.ReportMails.header;
import static io.tlsrpt.testing.ReportMails.mail;
import static io.tlsrpt.testing.ReportMails.multipart;
import static io.tlsrpt.testing.ReportMails.part;
import static io.tlsrpt.testing.ReportMails.report;
import static io.tlsrpt.testing.ReportMails.text;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tlsrpt.figures.receiver.ReportOutcome;
import io.tlsrpt.figures.receiver.ReportOutcome.Rejected;
import io.tlsrpt.testing.ReportMails;
import java.util.Arrays;
import java.util.Base64;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the log says of a mail that does not count: not only that it is no report, but what it is.
 */
class WordsTest {
  private static final String NOTHING = "not-a-report: no body part is a TLS report";
  private static final String FORWARDED =
      NOTHING
          + ", but one seems to be inside a forwarded mail: only a mail straight from its reporter"
          + " can be verified";
  private static final String COLLEAGUE =
      "From: colleague@example.com\nSubject: Fwd: report\nMIME-Version: 1.0\n";
  private static final String REPORT_MAIL = mail(report("1", "example.com", 1, 0));

  private IntakeFixture intake;

  @BeforeEach
  void open() {
    intake = new IntakeFixture();
  }

  @AfterEach
  void close() {
    intake.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "message/rfc822",
        "Message/RFC822; name=\"report.eml\"",
        "message/global",
        "application/octet-stream; name=report.eml",
        "text/rfc822-headers",
      })
  void forwardedReportShouldBeTold(String type) {
    String once = "Content-Type: " + type + "\n\n" + REPORT_MAIL;

    assertThat(judged(COLLEAGUE + multipart("mixed", text(), once))).isEqualTo(FORWARDED);
    assertThat(judged(COLLEAGUE + once)).isEqualTo(FORWARDED);
    assertThat(judged(header() + multipart("mixed", text(), once))).isEqualTo(FORWARDED);
  }

  /** Office 365 wraps reports twice. */
  @Test
  void reportThatIsWrappedTwiceShouldBeTold() {
    String once =
        COLLEAGUE + multipart("mixed", text(), "Content-Type: message/rfc822\n\n" + REPORT_MAIL);
    String twice = COLLEAGUE + multipart("mixed", "Content-Type: message/rfc822\n\n" + once);

    assertThat(judged(twice)).isEqualTo(FORWARDED);
    assertThat(
            judged(COLLEAGUE + multipart("mixed", part("message/rfc822", twice.getBytes(UTF_8)))))
        .isEqualTo(FORWARDED);
  }

  @Test
  void otherMailShouldBeNoForwardedReport() {
    String bounce =
        "Content-Type: message/rfc822\n\n" + COLLEAGUE + text().replace("a TLS report", "a mail");

    assertThat(judged(COLLEAGUE + multipart("report; report-type=delivery-status", text(), bounce)))
        .isEqualTo(NOTHING);
    assertThat(judged(COLLEAGUE + "Content-Type: text/plain\n\nSee application/tlsrpt+gzip.\n"))
        .isEqualTo(NOTHING);
    assertThat(judged(COLLEAGUE + text())).isEqualTo(NOTHING);
  }

  @Test
  void otherFormShouldBeTold() {
    byte[] bzip2 = "BZh91AY&SY".getBytes(UTF_8);
    String base64 = Base64.getEncoder().encodeToString(ReportMails.gzip("{}"));

    assertThat(judged(header() + part("application/tlsrpt+gzip", bzip2)))
        .isEqualTo("malformed: not JSON at line 1, column 1; it looks like bzip2");
    assertThat(judged(header() + part("application/tlsrpt+gzip", base64.getBytes(UTF_8))))
        .startsWith("malformed: not JSON at line 1, column ")
        .endsWith("; it looks like base64, encoded twice or without its Content-Transfer-Encoding");
    assertThat(judged(header() + "Content-Type: application/tlsrpt+gzip\n\n" + base64 + "\n"))
        .endsWith("; it looks like base64, encoded twice or without its Content-Transfer-Encoding");
  }

  /** The part has no label of the RFC, but the mail says that it carries a report. */
  @Test
  void otherFormOfAnUnlabelledPartShouldBeTold() {
    String bzip2 = part("application/x-bzip2", "BZh91AY&SY".getBytes(UTF_8));

    assertThat(judged(header() + multipart("mixed", text(), bzip2)))
        .isEqualTo(NOTHING + ", but one looks like bzip2");
    assertThat(judged(COLLEAGUE + multipart("report; report-type=tlsrpt", text(), bzip2)))
        .isEqualTo(NOTHING + ", but one looks like bzip2");
    assertThat(judged(COLLEAGUE + multipart("mixed", text(), bzip2))).isEqualTo(NOTHING);
    assertThat(judged(header() + multipart("mixed", text(), text()))).isEqualTo(NOTHING);
  }

  @Test
  void unknownDomainsShouldBeNamed() {
    assertThat(judged(mail(report("1", "Foreign.Example.", 1, 0))))
        .isEqualTo("unknown-domain: no policy domain of the report is ours: foreign.example");
    assertThat(judged(mail(withEntries("mx1.alpha.example", "mx.example.com"))))
        .isEqualTo(
            "unknown-domain: no policy domain of the report is ours: mx.example.com,"
                + " mx1.alpha.example");
    assertThat(
            judged(
                mail(
                    withEntries(
                        IntStream.range(0, 9)
                            .mapToObj(i -> "d" + i + ".example")
                            .toArray(String[]::new)))))
        .endsWith(": d0.example, d1.example, d2.example, d3.example, d4.example and 4 more");
  }

  /** The fields of the header were lost on the way, or never were there. */
  @Test
  void reportWithoutAnyDomainShouldBeTold() {
    String json =
        report("1", "example.com", 1, 0).replace(", \"policy-domain\": \"example.com\"", "");
    String names = "unknown-domain: the report names no policy domain, and ";

    assertThat(judged(mail(json).replaceAll("TLS-Report-.*\n", "")))
        .isEqualTo(names + "the mail has no TLS-Report-Domain that names one");
    assertThat(judged(mail(json).replaceAll("TLS-Report-Domain.*", "TLS-Report-Domain: no name")))
        .isEqualTo(names + "the mail has no TLS-Report-Domain that names one");
    assertThat(judged(mail(json).replaceAll("Report-Domain: .*", "Report-Domain: a.example")))
        .isEqualTo("unknown-domain: no policy domain of the report is ours: a.example");
  }

  @Test
  void entryWithoutADomainBesideForeignOnesShouldBeTold() {
    String json =
        withEntries("a.example", "example.com").replace(", \"policy-domain\": \"example.com\"", "");

    assertThat(judged(mail(json).replaceAll("TLS-Report-.*\n", "")))
        .isEqualTo(
            "unknown-domain: no policy domain of the report is ours: a.example;"
                + " an entry names none, and the mail has no TLS-Report-Domain that names one");
  }

  private static String withEntries(String... domains) {
    String one = report("1", "example.com", 1, 0);
    String entry = one.substring(one.indexOf("[{") + 1, one.lastIndexOf(']'));
    return one.replace(
        entry,
        String.join(
            ",", Arrays.stream(domains).map(d -> entry.replace("example.com", d)).toList()));
  }

  private String judged(String mail) {
    ReportOutcome outcome = intake.judged(mail).getFirst();
    return outcome instanceof Rejected(var reason, String detail)
        ? reason.key() + ": " + detail
        : outcome.key();
  }
}
