// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.dns;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * An answer and for how long it may be repeated.
 *
 * @param validity of an answer with records their time to live, within bounds; of a failed query
 *     the time until the next try
 */
public record TimedAnswer<A>(A answer, Duration validity) {
  public TimedAnswer {
    requireNonNull(answer, "answer");
    requireNonNull(validity, "validity");
  }
}
