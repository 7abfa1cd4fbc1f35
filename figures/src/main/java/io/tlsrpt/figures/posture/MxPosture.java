// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.figures.posture;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An MX host, as this server sees it; one for all domains whose MX host it is.
 *
 * @param domains how many domains that are
 * @param checks how each check stands
 * @param tls what the last handshake told; empty if there was none
 * @param lastLook empty before the first
 */
public record MxPosture(
    String host,
    long domains,
    Map<MxCheck, CheckState> checks,
    Optional<Tls> tls,
    Optional<Instant> lastLook) {

  /**
   * What a handshake told.
   *
   * @param address that was connected to
   * @param version of TLS
   * @param certificateExpires when the first certificate of the chain ends that ends
   * @param certificateIssuer in words
   */
  public record Tls(
      String address, String version, Instant certificateExpires, String certificateIssuer) {
    public Tls {
      requireNonNull(address, "address");
      requireNonNull(version, "version");
      requireNonNull(certificateExpires, "certificateExpires");
      requireNonNull(certificateIssuer, "certificateIssuer");
    }
  }

  /** The map must have all checks. */
  public MxPosture {
    requireNonNull(host, "host");
    checks = Collections.unmodifiableMap(new EnumMap<>(checks));
    requireNonNull(tls, "tls");
    requireNonNull(lastLook, "lastLook");
  }

  /** How one of its checks stands. */
  public CheckState check(MxCheck check) {
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
