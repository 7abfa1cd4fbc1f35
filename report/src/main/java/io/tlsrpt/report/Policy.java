// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.report;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/**
 * The policy that was applied.
 *
 * @param policyString the policy's lines as the sender saw them, errors included (RFC 8460 §4.5)
 * @param policyDomain empty where the report leaves it out, as some senders do for {@code
 *     no-policy-found}
 * @param mxHost MX host patterns of an MTA-STS policy
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8460#section-4.4">RFC 8460, 4.4</a>
 */
public record Policy(
    PolicyType policyType,
    List<String> policyString,
    Optional<DomainName> policyDomain,
    List<String> mxHost) {
  public Policy {
    requireNonNull(policyType, "policyType");
    requireNonNull(policyDomain, "policyDomain");
    policyString = List.copyOf(policyString);
    mxHost = List.copyOf(mxHost);
  }

  /**
   * The mode of an MTA-STS policy; {@link MtaStsMode#UNKNOWN} of any other, or where none is
   * stated.
   */
  public MtaStsMode mode() {
    if (!policyType.equals(PolicyType.STS)) {
      return MtaStsMode.UNKNOWN;
    }
    MtaStsMode inLines = MtaStsMode.ofPolicyString(policyString);
    return inLines == MtaStsMode.UNKNOWN
        ? MtaStsMode.inOtherForm(policyString).orElse(MtaStsMode.UNKNOWN)
        : inLines;
  }

  /** Whether the mode is stated in another form than that of RFC 8461 §3.2. */
  public boolean statesModeInOtherForm() {
    return policyType.equals(PolicyType.STS)
        && MtaStsMode.ofPolicyString(policyString) == MtaStsMode.UNKNOWN
        && MtaStsMode.inOtherForm(policyString).isPresent();
  }
}
