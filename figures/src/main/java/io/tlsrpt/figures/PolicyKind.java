// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.figures;

import io.tlsrpt.report.PolicyType;

/**
 * Policy types as figures tell them apart: the RFC's three (RFC 8460 §4.4), and all others
 * together.
 */
public enum PolicyKind {
  STS("sts"),
  TLSA("tlsa"),
  NO_POLICY_FOUND("no-policy-found"),
  OTHER("other");

  private final String key;

  PolicyKind(String key) {
    this.key = key;
  }

  /** The item's name in every breakdown. */
  public String key() {
    return key;
  }

  static PolicyKind of(PolicyType type) {
    for (PolicyKind kind : values()) {
      if (kind.key.equals(type.value())) {
        return kind;
      }
    }
    return OTHER;
  }
}
