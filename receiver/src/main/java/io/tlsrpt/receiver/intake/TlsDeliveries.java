// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.receiver.intake;

import io.tlsrpt.figures.receiver.TlsDelivery;
import io.tlsrpt.report.DomainName;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * For each reporter, its last report that came over TLS since the start: STARTTLS worked for
 * whoever handed the report over, which no look of this server can show. If there are too many
 * reporters, the one whose report is the oldest is forgotten. May be used by many threads at once.
 */
public final class TlsDeliveries {
  static final int MOST = 1_000;

  /** In the order of the last deliveries. */
  private final Map<DomainName, TlsDelivery> last = new LinkedHashMap<>();

  /** A report of a reporter has come; whether over TLS, its arrival says. */
  synchronized void delivered(DomainName reporter, Arrival arrival) {
    arrival
        .tls()
        .ifPresent(
            protocol -> {
              last.remove(reporter);
              last.put(reporter, new TlsDelivery(protocol, arrival.receivedAt()));
            });
    if (last.size() > MOST) {
      last.remove(last.keySet().iterator().next());
    }
  }

  /** Empty if none came over TLS, or the server does not say. */
  public synchronized Optional<TlsDelivery> last(DomainName reporter) {
    return Optional.ofNullable(last.get(reporter));
  }
}
