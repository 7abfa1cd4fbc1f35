// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.figures.receiver;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * That a report came over TLS.
 *
 * @param protocol such as {@code TLSv1.3}
 * @param at when it came
 */
public record TlsDelivery(String protocol, Instant at) {
  public TlsDelivery {
    requireNonNull(protocol, "protocol");
    requireNonNull(at, "at");
  }
}
