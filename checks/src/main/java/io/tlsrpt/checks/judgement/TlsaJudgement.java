// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.checks.judgement;

import io.tlsrpt.checks.certificates.CertificateJudge;
import io.tlsrpt.checks.certificates.CertificateJudgement;
import io.tlsrpt.checks.certificates.CertificateNames;
import io.tlsrpt.checks.connections.TlsSession;
import io.tlsrpt.checks.records.TlsaMatch;
import io.tlsrpt.figures.FailureKind;
import io.tlsrpt.figures.posture.CheckStatus;
import io.tlsrpt.figures.posture.Seen;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Judges whether a TLSA record matches what an MX host presents (RFC 7672 §3.1): with usage 3 the
 * host's own certificate alone, whatever its names and dates; with usage 2 one of the chain, to
 * which a valid path must lead from a certificate that names the host.
 */
final class TlsaJudgement {
  private TlsaJudgement() {}

  static Seen judge(
      HostAnswers answers,
      TlsSession session,
      CertificateJudgement certificate,
      Optional<Boolean> validates,
      Instant now) {
    if (answers.bogus().isPresent() && validates.orElse(false)) {
      return Seen.failing(answers.bogus().get(), FailureKind.DNSSEC_INVALID);
    }
    if (answers.unavailable().isPresent()) {
      return Seen.unknown(answers.unavailable().get());
    }
    if (answers.records().isEmpty() && answers.bogus().isEmpty()) {
      return absent("no TLSA records");
    }
    if (!validates.orElse(false)) {
      return Seen.unknown(DaneJudgement.withoutValidation(validates));
    }
    if (!answers.isSecure()) {
      return absent("TLSA records without DNSSEC: nobody uses them");
    }
    return judgeSecure(answers, session, certificate, now);
  }

  private static Seen judgeSecure(
      HostAnswers answers, TlsSession session, CertificateJudgement certificate, Instant now) {
    TlsaMatch match =
        TlsaMatch.of(
            answers.records(),
            session.chain(),
            anchor ->
                CertificateJudge.leadsTo(anchor, session.chain(), now)
                    && namesHost(answers, session));
    return match
        .fault(answers.tlsa().base(), session.leaf())
        .map(fault -> Seen.failing(fault, FailureKind.TLSA_INVALID))
        .orElseGet(() -> Seen.OK.noting(notes(match, certificate)));
  }

  private static boolean namesHost(HostAnswers answers, TlsSession session) {
    return CertificateNames.name(session.leaf(), answers.host())
        || CertificateNames.name(session.leaf(), answers.tlsa().base());
  }

  private static List<String> notes(TlsaMatch match, CertificateJudgement certificate) {
    List<String> notes = new ArrayList<>();
    if (match.isRollOver()) {
      notes.add("a roll-over is under way: remove the old TLSA record when its TTL is over");
    }
    if (match.endsWithCertificate() && !certificate.lasts()) {
      notes.add(
          "the TLSA record dies with the certificate: publish the next one before the renewal, or"
              + " pin the key (3 1 1)");
    }
    return notes;
  }

  /** No fault, but what a sender reports that wants DANE. */
  private static Seen absent(String words) {
    return new Seen(
        CheckStatus.ABSENT, Set.of(FailureKind.DANE_REQUIRED), List.of(words), List.of());
  }
}
