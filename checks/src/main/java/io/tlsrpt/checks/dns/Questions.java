// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.checks.dns;

import io.tlsrpt.checks.records.TlsaRecord;
import io.tlsrpt.report.DomainName;
import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.xbill.DNS.TLSARecord;
import org.xbill.DNS.Type;

/**
 * What the checks ask the DNS, by the resolver that the server itself uses (dnsjava's default,
 * which James sets). Nothing is cached: an owner who has mended a record wants to see it.
 *
 * <p>DNSSEC is the resolver's to validate: a flag of its answer says that it vouches. That an
 * answer is not secure, or bogus, means something only while {@link #resolverValidates}: one that
 * does not validate fails for other reasons.
 *
 * <p>Each method waits, for one question at most 10 seconds, and throws nothing. Thread-safe.
 */
public final class Questions {
  public static final int MAX_TEXTS = 10;

  /** In octets; longer texts are left out. */
  public static final int MAX_TEXT_LENGTH = 4_096;

  public static final int MAX_MAIL_HOSTS = 20;

  /** Of both families together. */
  public static final int MAX_ADDRESSES = 4;

  public static final int MAX_TLSA_RECORDS = 20;

  private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

  private final Duration longestWait;
  private final Validation validation;

  public Questions(InstantSource clock) {
    this(clock, LONGEST_WAIT);
  }

  Questions(InstantSource clock, Duration longestWait) {
    this.longestWait = longestWait;
    // Some resolvers do not vouch for the root itself.
    this.validation = new Validation(() -> Resolution.of("com", Type.NS, longestWait), clock);
  }

  /**
   * Whether the resolver validates; empty if nobody can say. Asked at most once an hour, after no
   * answer once a minute.
   */
  public Optional<Boolean> resolverValidates() {
    return validation.validates();
  }

  /**
   * An answer, but one that DNSSEC refuses by the word of a resolver that does not validate: that
   * one has failed for another reason, and nothing is known.
   */
  public <T> Answer<T> believed(Answer<T> answer) {
    return answer instanceof Answer.Bogus<T>(String words) && !resolverValidates().orElse(false)
        ? new Answer.Unavailable<>(words)
        : answer;
  }

  /** The same of where mail goes. */
  public MailHosts believed(MailHosts answer) {
    return answer instanceof MailHosts.Bogus(String words) && !resolverValidates().orElse(false)
        ? new MailHosts.Unavailable(words)
        : answer;
  }

  /**
   * The TXT records at a name below a domain, the strings of each joined without blanks. If there
   * are too many, those that begin with {@code v=} are kept.
   *
   * @param below the labels before the domain, as {@code _smtp._tls}
   */
  public Answer<String> texts(String below, DomainName domain) {
    return Resolution.of(below + "." + domain, Type.TXT, longestWait)
        .flatMap(found -> Texts.of(found, MAX_TEXTS, MAX_TEXT_LENGTH));
  }

  /** Where a domain's mail goes. */
  public MailHosts mx(DomainName domain) {
    return MxRecords.of(domain, Resolution.of(domain.value(), Type.MX, longestWait));
  }

  /**
   * The addresses of a host, some of both families if there are both, in an order that does not
   * change. No answer about one family is no answer: senders that check DNSSEC need both (RFC 7672
   * §2.1.1).
   */
  public Answer<InetAddress> addresses(DomainName host) {
    return AddressRecords.of(
        Resolution.of(host.value(), Type.A, longestWait),
        () -> Resolution.of(host.value(), Type.AAAA, longestWait));
  }

  /**
   * The TLSA records of an MX host. If the host is an alias, and DNSSEC vouches for that, those of
   * the name at the end count, and only if it has none that DNSSEC vouches for, the host's own (RFC
   * 7672 §2.2.2).
   *
   * @param addresses what {@link #addresses} says of the host
   */
  public TlsaAnswer tlsa(DomainName host, Answer<InetAddress> addresses) {
    return end(addresses)
        .filter(end -> !end.equals(host))
        .map(end -> new TlsaAnswer(end, tlsa(end)))
        .filter(answer -> isFinal(answer.records()))
        .orElseGet(() -> new TlsaAnswer(host, tlsa(host)));
  }

  private static Optional<DomainName> end(Answer<InetAddress> addresses) {
    return addresses instanceof Answer.Found<InetAddress> found && found.secure()
        ? DomainName.parse(found.owner())
        : Optional.empty();
  }

  private static boolean isFinal(Answer<TlsaRecord> answer) {
    return switch (answer) {
      case Answer.Found<TlsaRecord> found -> found.secure();
      case Answer.Absent<TlsaRecord> absent -> false;
      case Answer.Bogus<TlsaRecord> bogus -> true;
      case Answer.Unavailable<TlsaRecord> unavailable -> true;
    };
  }

  private Answer<TlsaRecord> tlsa(DomainName host) {
    return Resolution.of("_25._tcp." + host, Type.TLSA, longestWait)
        .flatMap(
            found -> {
              List<TlsaRecord> all =
                  Limited.ofType(found, TLSARecord.class).stream()
                      .map(Questions::tlsa)
                      .distinct()
                      .sorted()
                      .toList();
              return Limited.of(found, all, MAX_TLSA_RECORDS);
            });
  }

  private static TlsaRecord tlsa(TLSARecord record) {
    return TlsaRecord.of(
        record.getCertificateUsage(),
        record.getSelector(),
        record.getMatchingType(),
        record.getCertificateAssociationData());
  }
}
