// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.figures.receiver;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * How long a step of the intake has taken for the last mails.
 *
 * @param step its key
 * @param median of half of the mails at most
 * @param percentile99 of 99 of 100 mails at most
 */
public record StepDuration(String step, Duration median, Duration percentile99) {
  public StepDuration {
    requireNonNull(step, "step");
    requireNonNull(median, "median");
    requireNonNull(percentile99, "percentile99");
  }
}
