// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.checks.judgement;

import io.tlsrpt.checks.dns.MailHosts;
import io.tlsrpt.checks.records.TlsaRecord;
import io.tlsrpt.figures.FailureKind;
import io.tlsrpt.figures.posture.CheckStatus;
import io.tlsrpt.figures.posture.Seen;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Judges whether TLSA records of the MX hosts can be used (RFC 7672): that they are there, that
 * DNSSEC vouches for them, and that some of them count on port 25. Whether one matches is judged at
 * the host.
 */
public final class DaneJudgement {
  private static final Set<FailureKind> DANE_REQUIRED = Set.of(FailureKind.DANE_REQUIRED);

  private DaneJudgement() {}

  /**
   * Judges a domain.
   *
   * @param hosts answers about the MX hosts that are looked at
   * @param validates whether the server's resolver validates; empty if that is not known
   */
  public static Seen judge(MailHosts mx, List<HostAnswers> hosts, Optional<Boolean> validates) {
    return switch (mx) {
      case MailHosts.Unavailable(String words) -> Seen.unknown("no answer: " + words);
      case MailHosts.NoMail none -> Seen.absent("the domain takes no mail");
      case MailHosts.Bogus(String words) when !validates.orElse(false) ->
          Seen.unknown(withoutValidation(validates));
      case MailHosts.Bogus(String words) ->
          Seen.failing("DNSSEC refuses MX: " + words, FailureKind.DNSSEC_INVALID);
      case MailHosts.Hosts known -> judge(known.secure(), hosts, validates);
    };
  }

  /** Why nothing is known of DNSSEC. */
  static String withoutValidation(Optional<Boolean> validates) {
    return validates.isPresent()
        ? "the resolver of this server does not validate DNSSEC"
        : "whether the resolver of this server validates DNSSEC is not known";
  }

  private static Seen judge(
      boolean secureMx, List<HostAnswers> hosts, Optional<Boolean> validates) {
    List<HostAnswers> with = hosts.stream().filter(host -> !host.records().isEmpty()).toList();
    boolean bogus = hosts.stream().anyMatch(host -> host.bogus().isPresent());
    if (!validates.orElse(false) && (bogus || !with.isEmpty())) {
      return Seen.unknown(withoutValidation(validates));
    }
    List<HostAnswers> secure =
        secureMx ? with.stream().filter(HostAnswers::isSecure).toList() : List.of();
    List<String> silent = hosts.stream().flatMap(host -> host.unavailable().stream()).toList();
    Seen faults = faults(hosts, secure);
    // One bad host is enough for a report, whatever the others are.
    if (faults.status() == CheckStatus.FAILING) {
      return faults.noting(silent).noting(without(hosts, secure));
    }
    if (!silent.isEmpty()) {
      return new Seen(CheckStatus.UNKNOWN, Set.of(), silent, List.of());
    }
    if (with.isEmpty()) {
      return absent("no TLSA records");
    }
    return secure.isEmpty()
        ? absent("TLSA records without DNSSEC: nobody uses them")
        : faults.noting(without(hosts, secure));
  }

  private static Seen absent(String words) {
    return new Seen(CheckStatus.ABSENT, DANE_REQUIRED, List.of(words), List.of());
  }

  private static Seen faults(List<HostAnswers> hosts, List<HostAnswers> secure) {
    Seen seen = Seen.OK;
    for (HostAnswers host : hosts) {
      Optional<Seen> fault =
          host.bogus()
              .map(words -> Seen.failing(words, FailureKind.DNSSEC_INVALID))
              .or(() -> secure.contains(host) ? unusable(host) : Optional.empty());
      if (fault.isPresent()) {
        seen = fault.get().and(seen);
      }
    }
    return seen;
  }

  private static Optional<Seen> unusable(HostAnswers host) {
    return host.records().stream().anyMatch(TlsaRecord::isUsable)
        ? Optional.empty()
        : Optional.of(
            Seen.failing(
                host.host() + " has no usable TLSA record: " + why(host),
                FailureKind.TLSA_INVALID));
  }

  private static List<String> without(List<HostAnswers> hosts, List<HostAnswers> secure) {
    return hosts.stream()
        .filter(host -> !secure.contains(host))
        .filter(host -> host.bogus().isEmpty() && host.unavailable().isEmpty())
        .map(
            host ->
                host.records().isEmpty()
                    ? host.host() + " has no TLSA records: senders reach it without DANE"
                    : host.host() + " has TLSA records without DNSSEC: nobody uses them")
        .toList();
  }

  private static String why(HostAnswers host) {
    return host.records().stream()
        .flatMap(record -> record.unusable().stream())
        .distinct()
        .limit(2)
        .collect(Collectors.joining("; "));
  }
}
