// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.mailet;

import io.tlsrpt.report.PolicyDomain;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the header of a report mail says (RFC 8460 §5.3). The report itself is authoritative (RFC
 * 8460 §5.6).
 *
 * @param policyDomain the domain that the report is said to be about
 * @param claimedReporter who is said to have sent the report: a mere claim, for use where
 *     signatures are not required
 */
record ReportHeader(Optional<PolicyDomain> policyDomain, String claimedReporter) {
  private static final String DOMAIN = "TLS-Report-Domain";
  private static final String SUBMITTER = "TLS-Report-Submitter";
  private static final String NOBODY = "unknown.invalid";

  static ReportHeader of(MimeMessage message) throws MessagingException {
    return new ReportHeader(
        domains(values(message, DOMAIN)).findFirst(),
        Stream.concat(
                domains(values(message, SUBMITTER)),
                domains(values(message, "From").flatMap(ReportHeader::domainsOf)))
            .map(PolicyDomain::value)
            .findFirst()
            .orElse(NOBODY));
  }

  /** Whether the top-level header fields say that the mail is a TLS report. */
  static boolean saysTlsReport(MimeMessage message) throws MessagingException {
    if (message.getHeader(DOMAIN) != null || message.getHeader(SUBMITTER) != null) {
      return true;
    }
    MediaType type = MediaType.of(message);
    return type.isReport() || type.isReportContainer();
  }

  private static Stream<PolicyDomain> domains(Stream<String> written) {
    return written.flatMap(value -> PolicyDomain.parse(value).stream());
  }

  private static Stream<String> values(MimeMessage message, String field)
      throws MessagingException {
    String[] values = message.getHeader(field);
    return values == null ? Stream.empty() : Arrays.stream(values);
  }

  private static Stream<String> domainsOf(String from) {
    try {
      return Arrays.stream(InternetAddress.parseHeader(from, false))
          .flatMap(address -> Stream.ofNullable(address.getAddress()))
          .map(address -> address.substring(address.lastIndexOf('@') + 1));
    } catch (AddressException e) {
      return Stream.empty();
    }
  }
}
