// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store;

import io.tlsrpt.report.DomainName;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;

/**
 * Counts, for each organisation, the new domains that its reporters have brought up on the present
 * UTC day and that no list names. The counts begin at zero with each day and whenever the database
 * is opened. For one thread at a time.
 */
final class NewDomains {
  /**
   * The most new domains of one organisation in a day. Enough, since operators add hosts one by
   * one.
   */
  static final int MOST = 20;

  private final Map<DomainName, Integer> counts = new HashMap<>();
  private LocalDate day = LocalDate.EPOCH;

  boolean hasRoomFor(DomainName organisation, Instant now) {
    LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
    if (!today.equals(day)) {
      counts.clear();
      day = today;
    }
    return counts.getOrDefault(organisation, 0) < MOST;
  }

  void add(DomainName organisation) {
    counts.merge(organisation, 1, Integer::sum);
  }
}
