// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.checks.certificates;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;

/**
 * What is to be said of a host's certificate.
 *
 * @param faults all of them, in the order of their kinds; none if senders accept it
 * @param ends when it, or one that vouches for it, ends; the earliest of them
 * @param lasts whether a renewal may still come in time: at least 14 days are left, or a fifth of
 *     the lifetime if that is less
 * @param ending {@code ends} and what is left until then as words, such as "ends on 2026-12-07, in
 *     8 days"
 * @param issuer who issued it, as plain text
 */
public record CertificateJudgement(
    List<CertificateFault> faults, Instant ends, boolean lasts, String ending, String issuer) {
  public CertificateJudgement {
    faults = List.copyOf(faults);
    requireNonNull(ends, "ends");
    requireNonNull(ending, "ending");
    requireNonNull(issuer, "issuer");
  }

  /** Whether a sender that holds to MTA-STS accepts it. */
  public boolean good() {
    return faults.isEmpty();
  }

  public boolean has(CertificateFault.Kind kind) {
    return faults.stream().anyMatch(fault -> fault.kind() == kind);
  }
}
