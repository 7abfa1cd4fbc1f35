// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.dkim;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Names of keys that do not exist, by organisation: whoever invents one for each mail has the DNS
 * asked for each mail. Thread-safe.
 */
final class Guesses {
  static final int MAX_IN_A_MINUTE = 10;

  private static final int MAX_ORGANISATIONS = 10_000;

  private final Cache<String, AtomicInteger> absent =
      CacheBuilder.newBuilder()
          .maximumSize(MAX_ORGANISATIONS)
          .expireAfterWrite(Duration.ofMinutes(1))
          .build();

  void add(String organisation) {
    absent.asMap().computeIfAbsent(organisation, o -> new AtomicInteger()).incrementAndGet();
  }

  /** Whether a handful of an organisation's names did not exist within a minute. */
  boolean areMany(String organisation) {
    AtomicInteger count = absent.getIfPresent(organisation);
    return count != null && count.get() >= MAX_IN_A_MINUTE;
  }
}
