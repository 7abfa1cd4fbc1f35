// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.receiver.mime;

import io.tlsrpt.dkim.Author;
import io.tlsrpt.message.Field;
import io.tlsrpt.message.Header;
import io.tlsrpt.report.Deviation;
import io.tlsrpt.report.Deviations;
import io.tlsrpt.report.DomainName;
import io.tlsrpt.report.TlsReport;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the header of a report mail says (RFC 8460 §5.3). The report itself is authoritative: RFC
 * 8460 §5.6.
 *
 * @param policyDomain the domain that the report is said to be about, in its own field
 * @param subjectDomain the domain that the Subject says it is about
 * @param submitter as the header states it
 * @param complete whether both fields of the RFC are there
 * @param claimedReporter who is said to have sent the report, if the header names anybody: a mere
 *     claim, for use where signatures are not required
 */
public record ReportHeader(
    Optional<DomainName> policyDomain,
    Optional<DomainName> subjectDomain,
    Optional<DomainName> submitter,
    boolean complete,
    Optional<DomainName> claimedReporter) {
  private static final String DOMAIN = "tls-report-domain";
  private static final String SUBMITTER = "tls-report-submitter";
  private static final String SUBJECT = "subject";

  /** Fields that name the policy domain, as far as a signature covers them. */
  public static final Set<String> NAMING_THE_DOMAIN = Set.of(DOMAIN, SUBJECT);

  /** RFC 8460 §5.3. */
  private static final Pattern REPORT_DOMAIN =
      Pattern.compile(
          "\\s*Report\\s+Domain:\\s*(\\S+).*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  /** Reads it; never fails. */
  public static ReportHeader of(Header header) {
    Optional<DomainName> submitter = domain(header, SUBMITTER);
    return new ReportHeader(
        domain(header, DOMAIN),
        header.first(SUBJECT).flatMap(ReportHeader::reportDomain),
        submitter,
        header.count(DOMAIN) > 0 && header.count(SUBMITTER) > 0,
        submitter.or(() -> Author.domainOf(header)));
  }

  /** Whether a mail says of itself that it carries a report. */
  public static boolean announcesReport(Header header) {
    return header.count(DOMAIN) > 0
        || header.count(SUBMITTER) > 0
        || MediaType.of(header).isReportContainer();
  }

  /**
   * The domain that entries without a domain are about. Only a signed field counts, since anybody
   * on the way may add or change the others. Common signers leave out the RFC's own field but sign
   * the Subject, so a Subject that names the same domain is enough.
   *
   * @param signed names of signed fields
   */
  public Optional<DomainName> vouchedDomain(Set<String> signed) {
    return policyDomain.filter(
        domain ->
            signed.contains(DOMAIN)
                || (signed.contains(SUBJECT) && subjectDomain.equals(Optional.of(domain))));
  }

  /**
   * Adds what the header does otherwise than RFC 8460 §5.3 says to the deviations of its report.
   */
  public Deviations deviations(Deviations ofReport, TlsReport report) {
    Deviations all = complete ? ofReport : ofReport.plus(Deviation.HEADER_FIELDS_MISSING);
    Optional<DomainName> contact = report.contactInfo().flatMap(ReportHeader::domainOf);
    boolean differ = submitter.isPresent() && contact.isPresent() && !submitter.equals(contact);
    return differ ? all.plus(Deviation.SUBMITTER_NOT_CONTACT) : all;
  }

  private static Optional<DomainName> domainOf(String address) {
    return DomainName.parse(address.substring(address.lastIndexOf('@') + 1));
  }

  private static Optional<DomainName> domain(Header header, String name) {
    return header.first(name).map(Field::value).flatMap(DomainName::parse);
  }

  private static Optional<DomainName> reportDomain(Field subject) {
    Matcher domain = REPORT_DOMAIN.matcher(subject.value());
    return domain.matches() ? DomainName.parse(domain.group(1)) : Optional.empty();
  }
}
