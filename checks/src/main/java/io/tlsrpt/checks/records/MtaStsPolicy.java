// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.checks.records;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tlsrpt.report.DomainName;
import io.tlsrpt.report.MtaStsMode;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The text of an MTA-STS policy, as senders read it (RFC 8461 §3.2). All words are safe to show.
 */
public sealed interface MtaStsPolicy {
  /** How many {@code mx:} lines are kept. */
  int MAX_PATTERNS = 100;

  /** RFC 8461 §3.2: 31557600 seconds, about a year; more counts as that. */
  Duration LONGEST = Duration.ofHours(8_766);

  /**
   * Senders would report {@code sts-policy-invalid}.
   *
   * @param words what is wrong, with what is written
   */
  record Invalid(String words) implements MtaStsPolicy {}

  /**
   * A policy.
   *
   * @param maxAge how long a sender may keep it, at most {@link #LONGEST}
   * @param patterns the MX hosts it covers, at most {@value #MAX_PATTERNS}, in the order written
   * @param notes what is good and could still be better
   */
  record Valid(MtaStsMode mode, Duration maxAge, List<NamePattern> patterns, List<String> notes)
      implements MtaStsPolicy {
    public Valid {
      patterns = List.copyOf(patterns);
      notes = List.copyOf(notes);
    }

    /** Whether an MX host matches one of its {@code mx:} lines. */
    public boolean covers(DomainName host) {
      return patterns.stream().anyMatch(pattern -> pattern.matches(host));
    }

    /** The lines that none of these hosts matches: hosts that are gone, or a slip. */
    public List<NamePattern> unmatched(Collection<DomainName> hosts) {
      return patterns.stream()
          .filter(pattern -> hosts.stream().noneMatch(pattern::matches))
          .toList();
    }

    /** A pattern that fails to cover the host only by the number of labels. */
    public Optional<NamePattern> coversButForLabels(DomainName host) {
      return covers(host)
          ? Optional.empty()
          : patterns.stream().filter(pattern -> pattern.matchesButForLabels(host)).findFirst();
    }
  }

  /**
   * Reads a policy, in linear time; the asker bounds its length. What is no UTF-8 is no name and no
   * mode, and does not matter elsewhere.
   */
  static MtaStsPolicy parse(byte[] text) {
    return new PolicyReader().read(new String(text, UTF_8));
  }
}
