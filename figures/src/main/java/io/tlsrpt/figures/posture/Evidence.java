// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.figures.posture;

import static io.tlsrpt.figures.FailureKind.CERTIFICATE_EXPIRED;
import static io.tlsrpt.figures.FailureKind.CERTIFICATE_HOST_MISMATCH;
import static io.tlsrpt.figures.FailureKind.CERTIFICATE_NOT_TRUSTED;
import static io.tlsrpt.figures.FailureKind.STS_POLICY_FETCH_ERROR;
import static io.tlsrpt.figures.FailureKind.STS_POLICY_INVALID;
import static io.tlsrpt.figures.FailureKind.STS_WEBPKI_INVALID;
import static io.tlsrpt.figures.FailureKind.TLSA_INVALID;
import static io.tlsrpt.figures.FailureKind.VALIDATION_FAILURE;

import io.tlsrpt.figures.FailureKind;
import java.util.EnumSet;
import java.util.Set;

/**
 * What belongs to a kind of failure.
 *
 * @param domain checks of the domain that can show it
 * @param hosts checks of its MX hosts that can show it
 * @param kinds what a look must have seen to confirm it; senders order their tests differently, so
 *     some kinds confirm each other
 */
record Evidence(Set<DomainCheck> domain, Set<MxCheck> hosts, Set<FailureKind> kinds) {
  private static final Set<DomainCheck> NONE = Set.of();
  private static final Set<MxCheck> NO_HOST = Set.of();

  /** Of a failure without a type nobody knows what it is. */
  private static final Set<FailureKind> ANY_FAULT = EnumSet.allOf(FailureKind.class);

  static Evidence of(FailureKind kind) {
    return switch (kind) {
      case STARTTLS_NOT_SUPPORTED -> new Evidence(NONE, Set.of(MxCheck.STARTTLS), Set.of(kind));
      case CERTIFICATE_HOST_MISMATCH ->
          new Evidence(Set.of(DomainCheck.MX), Set.of(MxCheck.CERTIFICATE), Set.of(kind));
      case CERTIFICATE_EXPIRED, CERTIFICATE_NOT_TRUSTED ->
          new Evidence(
              NONE,
              Set.of(MxCheck.CERTIFICATE),
              Set.of(CERTIFICATE_EXPIRED, CERTIFICATE_NOT_TRUSTED));
      case VALIDATION_FAILURE ->
          new Evidence(
              Set.of(DomainCheck.MX, DomainCheck.MTA_STS),
              Set.of(MxCheck.STARTTLS, MxCheck.CERTIFICATE),
              Set.of(
                  VALIDATION_FAILURE,
                  CERTIFICATE_HOST_MISMATCH,
                  CERTIFICATE_EXPIRED,
                  CERTIFICATE_NOT_TRUSTED,
                  STS_POLICY_FETCH_ERROR,
                  STS_POLICY_INVALID,
                  STS_WEBPKI_INVALID));
      case STS_POLICY_FETCH_ERROR, STS_POLICY_INVALID, STS_WEBPKI_INVALID ->
          new Evidence(Set.of(DomainCheck.MTA_STS), NO_HOST, Set.of(kind));
      case TLSA_INVALID, DNSSEC_INVALID ->
          new Evidence(Set.of(DomainCheck.DANE), Set.of(MxCheck.DANE), Set.of(kind));
      case DANE_REQUIRED -> new Evidence(Set.of(DomainCheck.DANE), NO_HOST, Set.of(kind));
      case OTHER, UNSPECIFIED ->
          new Evidence(
              EnumSet.of(DomainCheck.MTA_STS, DomainCheck.MX, DomainCheck.DANE),
              EnumSet.of(MxCheck.STARTTLS, MxCheck.CERTIFICATE, MxCheck.DANE),
              ANY_FAULT);
    };
  }

  /**
   * What belongs to a failure of a TLSA policy, whose domain is the MX host (RFC 8460 §4.4). Only
   * the host can show the failure. Its certificate counts by how it fits the TLSA records, since
   * nothing else is asked of it.
   */
  static Evidence ofMxHost(FailureKind kind) {
    return switch (kind) {
      case STARTTLS_NOT_SUPPORTED -> new Evidence(NONE, Set.of(MxCheck.STARTTLS), Set.of(kind));
      case CERTIFICATE_HOST_MISMATCH, CERTIFICATE_EXPIRED, CERTIFICATE_NOT_TRUSTED, TLSA_INVALID ->
          new Evidence(NONE, Set.of(MxCheck.DANE), Set.of(TLSA_INVALID));
      case DNSSEC_INVALID, DANE_REQUIRED -> new Evidence(NONE, Set.of(MxCheck.DANE), Set.of(kind));
      case VALIDATION_FAILURE ->
          new Evidence(
              NONE,
              Set.of(MxCheck.STARTTLS, MxCheck.DANE),
              Set.of(VALIDATION_FAILURE, TLSA_INVALID));
      case STS_POLICY_FETCH_ERROR, STS_POLICY_INVALID, STS_WEBPKI_INVALID ->
          new Evidence(NONE, NO_HOST, Set.of());
      case OTHER, UNSPECIFIED ->
          new Evidence(NONE, EnumSet.of(MxCheck.STARTTLS, MxCheck.DANE), ANY_FAULT);
    };
  }

  /**
   * Whether a look shows the failure. If the report gives no type, any failing check shows it; a
   * check that is absent or unknown does not.
   */
  boolean isShownBy(Seen seen) {
    return kinds.equals(ANY_FAULT)
        ? seen.status() == CheckStatus.FAILING
        : seen.kinds().stream().anyMatch(kinds::contains);
  }

  boolean isEmpty() {
    return domain.isEmpty() && hosts.isEmpty();
  }

  /** The kind is about the policy, or about how it is applied to a host. */
  static boolean dependsOnPolicy(FailureKind kind) {
    return kind == VALIDATION_FAILURE || kind == CERTIFICATE_HOST_MISMATCH || isOfPolicy(kind);
  }

  /** The kind is about the policy and its host alone. */
  static boolean isOfPolicy(FailureKind kind) {
    return kind == STS_POLICY_FETCH_ERROR
        || kind == STS_POLICY_INVALID
        || kind == STS_WEBPKI_INVALID;
  }
}
