// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.checks.judgement;

import static java.util.Objects.requireNonNull;

import io.tlsrpt.checks.dns.Answer;
import io.tlsrpt.checks.dns.TlsaAnswer;
import io.tlsrpt.checks.records.TlsaRecord;
import io.tlsrpt.report.DomainName;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/** What the DNS says of an MX host. */
public record HostAnswers(DomainName host, Answer<InetAddress> addresses, TlsaAnswer tlsa) {
  public HostAnswers {
    requireNonNull(host, "host");
    requireNonNull(addresses, "addresses");
    requireNonNull(tlsa, "tlsa");
  }

  /** Its TLSA records, whether DNSSEC vouches for them or not. */
  public List<TlsaRecord> records() {
    return tlsa.records().recordsOrNone();
  }

  /** DNSSEC vouches for addresses and TLSA records, so that DANE applies if MX is secure, too. */
  public boolean isSecure() {
    return addresses.isSecure() && tlsa.records().isSecure();
  }

  /** Why DNSSEC refuses an answer, if it does. */
  public Optional<String> bogus() {
    if (addresses instanceof Answer.Bogus<InetAddress>(String words)) {
      return Optional.of("DNSSEC refuses the addresses of " + host + ": " + words);
    }
    return tlsa.records() instanceof Answer.Bogus<TlsaRecord>(String words)
        ? Optional.of("DNSSEC refuses the TLSA records of " + host + ": " + words)
        : Optional.empty();
  }

  /** Why the DNS gave no answer, if it gave none. */
  public Optional<String> unavailable() {
    if (addresses instanceof Answer.Unavailable<InetAddress>(String words)) {
      return Optional.of("no answer about the addresses of " + host + ": " + words);
    }
    return tlsa.records() instanceof Answer.Unavailable<TlsaRecord>(String words)
        ? Optional.of("no answer about the TLSA records of " + host + ": " + words)
        : Optional.empty();
  }
}
