// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.figures;

import io.tlsrpt.report.ResultType;

/**
 * Result types as figures tell them apart: a closed list, whatever words senders use (RFC 8460
 * §6.6).
 */
public enum FailureKind {
  STARTTLS_NOT_SUPPORTED("starttls-not-supported"),
  CERTIFICATE_HOST_MISMATCH("certificate-host-mismatch"),
  CERTIFICATE_EXPIRED("certificate-expired"),
  CERTIFICATE_NOT_TRUSTED("certificate-not-trusted"),
  VALIDATION_FAILURE("validation-failure"),
  TLSA_INVALID("tlsa-invalid"),
  DNSSEC_INVALID("dnssec-invalid"),
  DANE_REQUIRED("dane-required"),
  STS_POLICY_FETCH_ERROR("sts-policy-fetch-error"),
  STS_POLICY_INVALID("sts-policy-invalid"),
  STS_WEBPKI_INVALID("sts-webpki-invalid"),
  /** A type that the registry lacks. */
  OTHER("other"),
  /** Failures that no detail explains. */
  UNSPECIFIED("unspecified");

  private final String key;

  FailureKind(String key) {
    this.key = key;
  }

  /** The item's name in every breakdown. */
  public String key() {
    return key;
  }

  /** Whether it is a failure of DANE (RFC 7672), for which MTA-STS does not ask. */
  public boolean isOfDane() {
    return this == TLSA_INVALID || this == DNSSEC_INVALID || this == DANE_REQUIRED;
  }

  /** The kind that failures of a type count as. */
  public static FailureKind of(ResultType type) {
    for (FailureKind kind : values()) {
      if (kind != UNSPECIFIED && kind.key.equals(type.value())) {
        return kind;
      }
    }
    return OTHER;
  }
}
