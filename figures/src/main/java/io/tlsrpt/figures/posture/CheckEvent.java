// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.figures.posture;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * A check has turned.
 *
 * @param subject the domain, or the MX host
 * @param failing whether it is failing now; otherwise it has passed
 * @param words what was found, one line
 */
public record CheckEvent(String subject, Check check, boolean failing, String words, Instant at) {
  public CheckEvent {
    requireNonNull(subject, "subject");
    requireNonNull(check, "check");
    requireNonNull(words, "words");
    requireNonNull(at, "at");
  }
}
