// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.figures.posture;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A verdict on one reported failure.
 *
 * @param evidence why, in words, at most {@value #MAX_EVIDENCE} lines
 * @param lookedAt when the look was on which it rests; empty if there was none
 */
public record Judgement(Verdict verdict, List<String> evidence, Optional<Instant> lookedAt) {
  public static final int MAX_EVIDENCE = 5;

  public Judgement {
    requireNonNull(verdict, "verdict");
    evidence = evidence.stream().limit(MAX_EVIDENCE).toList();
    requireNonNull(lookedAt, "lookedAt");
  }
}
