// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.figures.posture;

import static java.util.Objects.requireNonNull;

import io.tlsrpt.report.DomainName;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a domain publishes, as this server sees it.
 *
 * @param checks how each check stands
 * @param policy the MTA-STS policy of the last look that could read one
 * @param mxHosts its MX hosts, the most preferred first, at most 20
 * @param policyCertificateExpires when the certificate of the policy host ends
 * @param lastLook empty before the first
 * @param nextLook when it is looked at again
 */
public record Posture(
    DomainName domain,
    Map<DomainCheck, CheckState> checks,
    PublishedPolicy policy,
    List<MxRecord> mxHosts,
    Optional<Instant> policyCertificateExpires,
    Optional<Instant> lastLook,
    Optional<Instant> nextLook) {

  /**
   * An MX record.
   *
   * @param host lower-case A-labels without a dot at the end
   */
  public record MxRecord(int preference, String host) {
    public MxRecord {
      requireNonNull(host, "host");
    }
  }

  /** The map must have all checks. */
  public Posture {
    requireNonNull(domain, "domain");
    checks = Collections.unmodifiableMap(new EnumMap<>(checks));
    requireNonNull(policy, "policy");
    mxHosts = List.copyOf(mxHosts);
    requireNonNull(policyCertificateExpires, "policyCertificateExpires");
    requireNonNull(lastLook, "lastLook");
    requireNonNull(nextLook, "nextLook");
  }

  /**
   * The posture of an MX host, for reports that name the host as the domain of a TLSA policy (RFC
   * 8460 §4.4). The checks of domains are off: a host publishes nothing that they look at.
   */
  static Posture of(MxPosture host) {
    Map<DomainCheck, CheckState> checks = new EnumMap<>(DomainCheck.class);
    for (DomainCheck check : DomainCheck.values()) {
      checks.put(check, CheckState.before(Seen.OFF, host.check(MxCheck.DANE).last().at()));
    }
    return new Posture(
        new DomainName(host.host()),
        checks,
        PublishedPolicy.UNKNOWN,
        List.of(new MxRecord(0, host.host())),
        Optional.empty(),
        host.lastLook(),
        Optional.empty());
  }

  /** How one of its checks stands. */
  public CheckState check(DomainCheck check) {
    return requireNonNull(checks.get(check), "a posture has all checks");
  }

  /** How many checks are failing. */
  public long problems() {
    return Findings.problems(checks.values());
  }

  /** What is wrong or worth a note, most important first, each as {@code check: words}. */
  public List<String> findings() {
    return Findings.of(checks);
  }
}
