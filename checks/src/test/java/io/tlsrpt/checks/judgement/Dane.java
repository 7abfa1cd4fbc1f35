// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.checks.judgement;

import io.tlsrpt.checks.dns.Answer;
import io.tlsrpt.checks.dns.MailHost;
import io.tlsrpt.checks.dns.MailHosts;
import io.tlsrpt.checks.dns.TlsaAnswer;
import io.tlsrpt.checks.records.TlsaRecord;
import io.tlsrpt.report.DomainName;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Answers about MX hosts. */
final class Dane {
  static final TlsaRecord GOOD = TlsaRecord.of(3, 1, 1, new byte[32]);
  static final TlsaRecord UNUSABLE = TlsaRecord.of(1, 1, 1, new byte[32]);

  private Dane() {}

  static DomainName host(String name) {
    return new DomainName(name + ".example.com");
  }

  static <T> Answer<T> found(boolean secure, List<T> records) {
    return new Answer.Found<>(records, 0, secure, "any.example.com", Duration.ofHours(1));
  }

  static HostAnswers host(String name, Answer<TlsaRecord> tlsa) {
    return new HostAnswers(
        host(name),
        found(true, List.of(InetAddress.getLoopbackAddress())),
        new TlsaAnswer(host(name), tlsa));
  }

  static HostAnswers secure(String name, TlsaRecord... records) {
    return host(name, found(true, List.of(records)));
  }

  static HostAnswers insecure(String name) {
    return host(name, found(false, List.of(GOOD)));
  }

  static HostAnswers without(String name) {
    return host(name, new Answer.Absent<>(true, true));
  }

  static HostAnswers bogus(String name) {
    return host(name, new Answer.Bogus<>("signature expired"));
  }

  static HostAnswers silent(String name) {
    return host(name, new Answer.Unavailable<>("REFUSED"));
  }

  static MailHosts mx(boolean secure, String... hosts) {
    return new MailHosts.Hosts(
        Stream.of(hosts).map(host -> new MailHost(10, host)).toList(), 0, false, secure);
  }
}
