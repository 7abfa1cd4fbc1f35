// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.receiver.mime;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tlsrpt.message.RawMail;
import io.tlsrpt.report.DomainName;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReportHeaderTest {
  private static final String DOMAIN = "TLS-Report-Domain: d.example\r\n";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "the field is signed|Report Domain: other.example|tls-report-domain|true",
        "the Subject says the same|Report Domain: d.example Submitter: s.example|subject|true",
        "in other letters|report\tdomain:D.EXAMPLE.|subject|true",
        "the Subject says another|Report Domain: other.example Report-ID: <1>|subject|false",
        "the Subject says more|Report Domain: d.example.org|subject|false",
        "the Subject says it later|Re: Report Domain: d.example|subject|false",
        "the Subject says nothing|hello|subject|false",
        "nothing is signed|Report Domain: d.example|from|false"
      })
  void domainShouldBeVouchedForBySignedFieldsOnly(
      String what, String subject, String signed, boolean vouched) {
    assertThat(header(DOMAIN + "Subject: " + subject + "\r\n").vouchedDomain(Set.of(signed)))
        .as(what)
        .isEqualTo(DomainName.parse("d.example").filter(domain -> vouched));
  }

  @Test
  void subjectAloneShouldVouchForNothing() {
    assertThat(header("Subject: Report Domain: d.example\r\n").vouchedDomain(Set.of("subject")))
        .isEmpty();
    assertThat(
            header("TLS-Report-Domain: -\r\nSubject: Report Domain: d.example\r\n")
                .vouchedDomain(Set.of("subject", "tls-report-domain")))
        .isEmpty();
  }

  /** A field that is there twice is never among the signed ones, whichever of them was signed. */
  @Test
  void secondSubjectShouldNotVouch() {
    String two = "Subject: Report Domain: d.example\r\nSubject: Report Domain: other.example\r\n";
    assertThat(header(DOMAIN + two).vouchedDomain(Set.of("from"))).isEmpty();
  }

  @Test
  void claimedReporterShouldBeTheSubmitterElseTheAuthor() {
    String from = "From: a@From.example\r\n";
    assertThat(header(from + "TLS-Report-Submitter: S.example\r\n").claimedReporter())
        .hasValue(new DomainName("s.example"));
    assertThat(header(from).claimedReporter()).hasValue(new DomainName("from.example"));
    assertThat(header(from + from).claimedReporter()).isEmpty();
  }

  @Test
  void bothFieldsShouldMakeItComplete() {
    assertThat(header(DOMAIN + "TLS-Report-Submitter: \r\n").complete()).isTrue();
    assertThat(header(DOMAIN).complete()).isFalse();
  }

  private static ReportHeader header(String fields) {
    byte[] octets = (fields + "\r\n").getBytes(UTF_8);
    return ReportHeader.of(RawMail.of(octets, octets.length).header());
  }
}
