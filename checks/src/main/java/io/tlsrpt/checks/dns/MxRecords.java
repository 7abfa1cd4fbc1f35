// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.checks.dns;

import io.tlsrpt.report.DomainName;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;

/** MX records as the hosts of a domain. */
final class MxRecords {
  private MxRecords() {}

  static MailHosts of(DomainName domain, Answer<Record> answer) {
    return switch (answer) {
      case Answer.Found<Record> found -> hosts(found);
      case Answer.Absent<Record> absent -> implicit(domain, absent);
      case Answer.Bogus<Record> bogus -> new MailHosts.Bogus(bogus.words());
      case Answer.Unavailable<Record> unavailable -> new MailHosts.Unavailable(unavailable.words());
    };
  }

  private static MailHosts hosts(Answer.Found<Record> found) {
    List<MailHost> all =
        eachOnce(
            Limited.ofType(found, MXRecord.class).stream()
                // RFC 7505: the root alone means no mail. Beside others it means nothing.
                .filter(record -> !record.getTarget().equals(Name.root))
                .map(
                    record ->
                        new MailHost(record.getPriority(), Resolution.text(record.getTarget())))
                .sorted(
                    Comparator.comparingInt(MailHost::preference).thenComparing(MailHost::name)));
    if (all.isEmpty()) {
      return new MailHosts.NoMail(found.secure());
    }
    Answer.Found<MailHost> kept = Limited.of(found, all, Questions.MAX_MAIL_HOSTS);
    return new MailHosts.Hosts(kept.records(), kept.more(), false, kept.secure());
  }

  private static List<MailHost> eachOnce(Stream<MailHost> hosts) {
    Set<String> seen = new HashSet<>();
    return hosts.filter(host -> seen.add(host.name())).toList();
  }

  /** RFC 5321 §5.1: without an MX record the domain itself is the host. */
  private static MailHosts implicit(DomainName domain, Answer.Absent<Record> absent) {
    return absent.nameExists()
        ? new MailHosts.Hosts(List.of(new MailHost(0, domain.value())), 0, true, absent.secure())
        : new MailHosts.NoMail(absent.secure());
  }
}
