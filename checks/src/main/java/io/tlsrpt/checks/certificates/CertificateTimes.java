// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.checks.certificates;

import io.tlsrpt.checks.words.Words;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** From when until when certificates are valid. */
final class CertificateTimes {
  /**
   * A certificate is renewed while a third of its lifetime is left, so that one with less than a
   * fifth has missed its renewal; for long lifetimes it is time enough to act.
   */
  private static final Duration ENOUGH = Duration.ofDays(14);

  private static final int ENOUGH_PART = 5;

  private CertificateTimes() {}

  /** The one that ends first. */
  static X509Certificate firstToEnd(List<X509Certificate> path) {
    return path.stream().min(Comparator.comparing(CertificateTimes::end)).orElseThrow();
  }

  static Instant end(X509Certificate certificate) {
    return certificate.getNotAfter().toInstant();
  }

  private static Instant begin(X509Certificate certificate) {
    return certificate.getNotBefore().toInstant();
  }

  static boolean isValid(X509Certificate certificate, Instant at) {
    return !at.isBefore(begin(certificate)) && !at.isAfter(end(certificate));
  }

  static boolean lasts(X509Certificate certificate, Instant now) {
    Instant end = end(certificate);
    Duration part = Duration.between(begin(certificate), end).dividedBy(ENOUGH_PART);
    Duration enough = part.compareTo(ENOUGH) < 0 ? part : ENOUGH;
    return !now.plus(enough).isAfter(end);
  }

  /** When it ends, and how far away that is. */
  static String ending(X509Certificate certificate, Instant now) {
    Instant end = end(certificate);
    if (end.isBefore(now)) {
      return "ended on " + Words.date(end);
    }
    Duration left = Duration.between(now, end);
    String time = left.toDays() >= 2 ? left.toDays() + " days" : left.toHours() + " hours";
    return "ends on " + Words.date(end) + ", in " + time;
  }

  /** All of a path that are not valid now; {@code chain}'s first is the server's own. */
  static Optional<CertificateFault> fault(
      List<X509Certificate> path, X509Certificate own, Instant now) {
    List<String> words =
        path.stream().flatMap(certificate -> outside(certificate, own, now).stream()).toList();
    return words.isEmpty()
        ? Optional.empty()
        : Optional.of(new CertificateFault(CertificateFault.Kind.DATE, String.join("; ", words)));
  }

  private static Optional<String> outside(
      X509Certificate certificate, X509Certificate own, Instant now) {
    String which =
        certificate.equals(own)
            ? "it"
            : "the intermediate " + Words.principal(certificate.getSubjectX500Principal());
    if (end(certificate).isBefore(now)) {
      return Optional.of(which + " ended on " + Words.date(end(certificate)));
    }
    if (begin(certificate).isAfter(now)) {
      return Optional.of(
          which
              + " is not valid before "
              + Words.date(begin(certificate))
              + ", or the clock of this server is wrong");
    }
    return Optional.empty();
  }

  /** Times at which a path may be valid that is not valid now, the nearest first. */
  static List<Instant> others(List<X509Certificate> chain, Instant now) {
    return chain.stream()
        .flatMap(
            certificate ->
                Stream.of(end(certificate).minusSeconds(1), begin(certificate).plusSeconds(1)))
        .distinct()
        .sorted(Comparator.comparing(time -> Duration.between(time, now).abs()))
        .toList();
  }
}
