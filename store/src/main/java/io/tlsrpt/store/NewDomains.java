// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;

/**
 * How many domains, new to us and ours by a pattern only, the reporters of an organisation have
 * brought up on the present UTC day. Begins anew with each day and each session. For one thread at
 * a time.
 */
final class NewDomains {
  /** Of an organisation and day, at most: an operator adds hosts one by one. */
  static final int MOST = 20;

  private final Map<String, Integer> counts = new HashMap<>();
  private LocalDate day = LocalDate.EPOCH;

  boolean hasRoomFor(String organisation, Instant now) {
    LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
    if (!today.equals(day)) {
      counts.clear();
      day = today;
    }
    return counts.getOrDefault(organisation, 0) < MOST;
  }

  void add(String organisation) {
    counts.merge(organisation, 1, Integer::sum);
  }
}
