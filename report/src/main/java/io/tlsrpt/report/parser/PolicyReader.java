// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.report.parser;

import com.fasterxml.jackson.core.JsonParser;
import io.tlsrpt.report.Deviation;
import io.tlsrpt.report.Deviations;
import io.tlsrpt.report.DomainName;
import io.tlsrpt.report.Policy;
import io.tlsrpt.report.PolicyType;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Reads the {@code policy} of an entry where the token stream stands. */
final class PolicyReader {
  private final JsonParser json;
  private final Deviations.Counter deviations;
  private final JsonValues values;
  private final PolicyStrings policyStrings;

  PolicyReader(JsonParser json, Deviations.Counter deviations, JsonValues values) {
    this.json = json;
    this.deviations = deviations;
    this.values = values;
    this.policyStrings = new PolicyStrings(values, deviations);
  }

  /** A policy as stated; without a usable value if its domain is no host name. */
  record StatedPolicy(Optional<Policy> usable) {}

  /** Empty if the value is no object. */
  Optional<StatedPolicy> read() throws IOException {
    if (!values.isObject()) {
      return Optional.empty();
    }
    Optional<String> policyType = Optional.empty();
    List<String> policyString = List.of();
    Optional<String> policyDomain = Optional.empty();
    List<String> mxHost = List.of();
    Members members = new Members(json, deviations);
    while (members.next()) {
      switch (members.current()) {
        case POLICY_TYPE -> policyType = values.text();
        case POLICY_STRING -> policyString = policyStrings.read(json);
        case POLICY_DOMAIN -> policyDomain = values.text();
        case MX_HOST -> mxHost = values.texts(Deviation.MX_HOST_NOT_AN_ARRAY);
        default -> json.skipChildren();
      }
    }
    if (policyDomain.isEmpty()) {
      deviations.add(Deviation.POLICY_DOMAIN_MISSING);
    }
    Optional<DomainName> domain =
        policyDomain.isPresent() ? DomainName.parse(policyDomain.get()) : Optional.empty();
    if (policyDomain.isPresent() && domain.isEmpty()) {
      deviations.add(Deviation.POLICY_DOMAIN_INVALID);
      return Optional.of(new StatedPolicy(Optional.empty()));
    }
    noteForm(policyDomain, domain);
    PolicyType type = policyType(policyType);
    Policy policy = new Policy(type, policyStrings.unwrapped(policyString), domain, mxHost);
    if (policy.statesModeInOtherForm()) {
      deviations.add(Deviation.POLICY_STRING_FORM);
    }
    return Optional.of(new StatedPolicy(Optional.of(policy)));
  }

  private void noteForm(Optional<String> written, Optional<DomainName> domain) {
    if (domain.isPresent() && !domain.get().value().equals(written.orElse(""))) {
      deviations.add(Deviation.POLICY_DOMAIN_FORM);
    }
  }

  private PolicyType policyType(Optional<String> written) {
    PolicyType type = new PolicyType(written.orElse(""));
    if (!type.isKnown()) {
      deviations.add(Deviation.POLICY_TYPE_UNKNOWN);
    } else if (!type.value().equals(written.orElse(""))) {
      deviations.add(Deviation.TYPE_CASE);
    }
    return type;
  }
}
