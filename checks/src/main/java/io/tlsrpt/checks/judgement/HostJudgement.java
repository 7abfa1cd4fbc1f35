// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.checks.judgement;

import static java.util.Objects.requireNonNull;

import io.tlsrpt.checks.certificates.CertificateFault;
import io.tlsrpt.checks.certificates.CertificateJudge;
import io.tlsrpt.checks.certificates.CertificateJudgement;
import io.tlsrpt.checks.connections.SmtpResult;
import io.tlsrpt.checks.connections.TlsSession;
import io.tlsrpt.figures.FailureKind;
import io.tlsrpt.figures.posture.CheckStatus;
import io.tlsrpt.figures.posture.MxCheck;
import io.tlsrpt.figures.posture.MxPosture;
import io.tlsrpt.figures.posture.Seen;
import java.net.InetAddress;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Judges what one address of an MX host answered. */
public final class HostJudgement {
  private final CertificateJudge certificates;

  /** Judges certificates as one does that trusts the public roots. */
  public HostJudgement(CertificateJudge certificates) {
    this.certificates = requireNonNull(certificates, "certificates");
  }

  /**
   * Judges one answer.
   *
   * @param inForce whether senders judge the certificate by a policy of one of its domains; if not,
   *     a bad one is only worth a note
   * @param validates whether the server's resolver validates
   */
  public HostSight judge(
      HostAnswers answers,
      InetAddress address,
      SmtpResult result,
      boolean inForce,
      Optional<Boolean> validates,
      Instant now) {
    String where = "[" + address.getHostAddress() + "] ";
    return switch (result) {
      case SmtpResult.Unreached unreached -> HostSight.all(Seen.unknown(where + unreached.words()));
      case SmtpResult.NoStartTls(String words) ->
          withoutTls(Seen.failing(where + words, FailureKind.STARTTLS_NOT_SUPPORTED));
      // No alarm for what may be over in a minute; but it confirms a reporter who met it, too.
      case SmtpResult.NotNow(String words) ->
          withoutTls(Seen.unknown(where + words, FailureKind.STARTTLS_NOT_SUPPORTED));
      case SmtpResult.HandshakeBroken(String words) ->
          withoutTls(Seen.failing(where + words, FailureKind.VALIDATION_FAILURE));
      case SmtpResult.Tls(TlsSession session) ->
          withTls(answers, address, session, inForce, validates, now);
    };
  }

  private static HostSight withoutTls(Seen starttls) {
    Map<MxCheck, Seen> checks = new EnumMap<>(MxCheck.class);
    for (MxCheck check : MxCheck.values()) {
      checks.put(check, Seen.unknown("no TLS, no certificate"));
    }
    checks.put(MxCheck.STARTTLS, starttls);
    return new HostSight(checks, Optional.empty());
  }

  private HostSight withTls(
      HostAnswers answers,
      InetAddress address,
      TlsSession session,
      boolean inForce,
      Optional<Boolean> validates,
      Instant now) {
    String where = "[" + address.getHostAddress() + "] ";
    CertificateJudgement certificate = certificates.judge(session.chain(), answers.host(), now);
    Map<MxCheck, Seen> checks = new EnumMap<>(MxCheck.class);
    checks.put(MxCheck.STARTTLS, Seen.OK);
    checks.put(MxCheck.CERTIFICATE, certificate(where, certificate, inForce));
    checks.put(MxCheck.CERTIFICATE_LASTS, lasts(where, certificate, inForce));
    checks.put(MxCheck.DANE, TlsaJudgement.judge(answers, session, certificate, validates, now));
    return new HostSight(
        checks,
        Optional.of(
            new MxPosture.Tls(
                address.getHostAddress(),
                session.protocol(),
                certificate.ends(),
                certificate.issuer())));
  }

  private static Seen certificate(String where, CertificateJudgement certificate, boolean inForce) {
    if (certificate.good()) {
      return Seen.OK;
    }
    List<String> faults =
        certificate.faults().stream().map(fault -> where + fault.words()).toList();
    return inForce
        ? new Seen(
            CheckStatus.FAILING,
            certificate.faults().stream()
                .map(HostJudgement::reportedAs)
                .collect(Collectors.toUnmodifiableSet()),
            faults,
            List.of())
        : noPolicy(faults);
  }

  private static Seen lasts(String where, CertificateJudgement certificate, boolean inForce) {
    if (certificate.lasts()) {
      return Seen.OK;
    }
    String words = where + "the certificate " + certificate.ending();
    return inForce
        ? Seen.failing(words + "; renewal should have happened")
        : noPolicy(List.of(words));
  }

  private static Seen noPolicy(List<String> notes) {
    return Seen.absent("no policy asks for a certificate").noting(notes);
  }

  private static FailureKind reportedAs(CertificateFault fault) {
    return switch (fault.kind()) {
      case NAME -> FailureKind.CERTIFICATE_HOST_MISMATCH;
      case DATE -> FailureKind.CERTIFICATE_EXPIRED;
      case TRUST -> FailureKind.CERTIFICATE_NOT_TRUSTED;
    };
  }
}
