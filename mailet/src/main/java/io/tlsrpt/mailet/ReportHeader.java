// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.mailet;

import io.tlsrpt.report.Deviation;
import io.tlsrpt.report.Deviations;
import io.tlsrpt.report.PolicyDomain;
import io.tlsrpt.report.TlsReport;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the header of a report mail says (RFC 8460 §5.3). The report itself is authoritative: RFC
 * 8460 §5.6.
 *
 * @param policyDomain the domain that the report is said to be about
 * @param complete whether both fields of the RFC are there
 * @param submitter as the header states it
 * @param claimedReporter who is said to have sent the report: a mere claim, for use where
 *     signatures are not required
 */
record ReportHeader(
    Optional<PolicyDomain> policyDomain,
    Optional<PolicyDomain> submitter,
    boolean complete,
    String claimedReporter) {
  private static final String DOMAIN = "TLS-Report-Domain";
  private static final String SUBMITTER = "TLS-Report-Submitter";

  /** Jakarta Mail's parsers take time by the square of the length of what is hostile. */
  static final int MAX_FIELD_LENGTH = 2_000;

  private static final String NOBODY = "unknown.invalid";

  static ReportHeader of(MimeMessage message) throws MessagingException {
    Optional<PolicyDomain> submitter = domains(values(message, SUBMITTER)).findFirst();
    Stream<PolicyDomain> from = fromDomains(message);
    return new ReportHeader(
        domains(values(message, DOMAIN)).findFirst(),
        submitter,
        message.getHeader(DOMAIN) != null && message.getHeader(SUBMITTER) != null,
        submitter.or(from::findFirst).map(PolicyDomain::value).orElse(NOBODY));
  }

  /** What the header does otherwise than RFC 8460 §5.3 says, seen beside its report. */
  Deviations deviations(Deviations ofReport, TlsReport report) {
    Deviations all = complete ? ofReport : ofReport.plus(Deviation.HEADER_FIELDS_MISSING);
    Optional<PolicyDomain> contact = report.contactInfo().flatMap(ReportHeader::domainOf);
    boolean differ = submitter.isPresent() && contact.isPresent() && !submitter.equals(contact);
    return differ ? all.plus(Deviation.SUBMITTER_NOT_CONTACT) : all;
  }

  private static Optional<PolicyDomain> domainOf(String address) {
    return PolicyDomain.parse(address.substring(address.lastIndexOf('@') + 1));
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
    return values == null
        ? Stream.empty()
        : Arrays.stream(values).filter(value -> value.length() <= MAX_FIELD_LENGTH);
  }

  private static Stream<PolicyDomain> fromDomains(MimeMessage message) throws MessagingException {
    return values(message, "From")
        .flatMap(ReportHeader::addresses)
        .flatMap(a -> domainOf(a).stream());
  }

  private static Stream<String> addresses(String from) {
    try {
      return Arrays.stream(InternetAddress.parseHeader(from, false))
          .flatMap(address -> Stream.ofNullable(address.getAddress()));
    } catch (AddressException e) {
      return Stream.empty();
    }
  }
}
