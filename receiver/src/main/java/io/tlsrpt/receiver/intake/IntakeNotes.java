// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.receiver.intake;

import static java.util.Objects.requireNonNull;

import io.tlsrpt.dns.OrganisationalDomain;
import io.tlsrpt.receiver.domains.UnknownDomains;

/** What the intake notices and no store keeps. */
public record IntakeNotes(UnknownDomains unknown, TlsDeliveries deliveries) {
  public IntakeNotes {
    requireNonNull(unknown, "unknown");
    requireNonNull(deliveries, "deliveries");
  }

  /** Nothing yet. */
  public static IntakeNotes none() {
    return new IntakeNotes(new UnknownDomains(OrganisationalDomain::of), new TlsDeliveries());
  }
}
