// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.report;

import java.util.Locale;

/**
 * The type of policy, an open vocabulary: {@code tlsa}, {@code sts} and {@code no-policy-found} are
 * what is "presently" possible (RFC 8460 §4.4); any other word is kept, trimmed and in lower case.
 */
public record PolicyType(String value) {
  public static final PolicyType STS = new PolicyType("sts");
  public static final PolicyType TLSA = new PolicyType("tlsa");
  public static final PolicyType NO_POLICY_FOUND = new PolicyType("no-policy-found");

  public PolicyType {
    value = value.strip().toLowerCase(Locale.ROOT);
  }

  /** One of the three that the RFC knows. */
  public boolean isKnown() {
    return value.equals(STS.value)
        || value.equals(TLSA.value)
        || value.equals(NO_POLICY_FOUND.value);
  }
}
