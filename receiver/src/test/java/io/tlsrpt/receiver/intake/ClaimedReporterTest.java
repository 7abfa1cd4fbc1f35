// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.receiver.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.tlsrpt.figures.receiver.ReportOutcome.Accepted;
import io.tlsrpt.report.DomainName;
import io.tlsrpt.testing.ReportMails;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The reporter of a mail that needs no signature: whatever the header says, it is a domain. */
class ClaimedReporterTest {
  private IntakeFixture intake;

  @BeforeEach
  void open() {
    intake = new IntakeFixture();
  }

  @AfterEach
  void close() {
    intake.close();
  }

  @Test
  void submitterShouldBeTheReporter() {
    receive("TLS-Report-Submitter: B\u00fccher.Example.\n");

    assertThat(intake.reporters()).containsExactly(new DomainName("xn--bcher-kva.example"));
  }

  @Test
  void authorShouldBeTheReporterIfTheSubmitterIsNoDomain() {
    receive("TLS-Report-Submitter: Example, Inc.\nFrom: a@mail.example\n");

    assertThat(intake.reporters()).containsExactly(new DomainName("mail.example"));
  }

  @Test
  void reporterShouldBeUnknownIfTheHeaderNamesNobody() {
    receive("TLS-Report-Submitter: Example, Inc.\nFrom: a@[192.0.2.1]\n");

    assertThat(intake.reporters()).containsExactly(new DomainName("unknown.invalid"));
  }

  private void receive(String header) {
    String report = ReportMails.report("1", "example.com", 1, 0);
    assertThat(
            intake.judged(
                header
                    + "MIME-Version: 1.0\n"
                    + ReportMails.multipart(
                        "report; report-type=\"tlsrpt\"",
                        ReportMails.text(),
                        ReportMails.gzipPart(report))))
        .singleElement()
        .isInstanceOf(Accepted.class);
  }
}
