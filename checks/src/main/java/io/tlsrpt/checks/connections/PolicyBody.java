// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.checks.connections;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/** The octets of a policy. Immutable. */
public final class PolicyBody {
  private final byte[] octets;

  PolicyBody(byte[] octets) {
    this.octets = octets.clone();
  }

  /** A copy. */
  public byte[] octets() {
    return octets.clone();
  }

  /** Read as UTF-8 (RFC 8461 §3.2); what is none becomes U+FFFD. */
  public String text() {
    return new String(octets, UTF_8);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PolicyBody body && Arrays.equals(octets, body.octets);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(octets);
  }

  @Override
  public String toString() {
    return octets.length + " octets";
  }
}
