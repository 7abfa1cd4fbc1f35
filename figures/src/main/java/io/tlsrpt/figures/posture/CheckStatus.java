// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.figures.posture;

import java.util.Locale;
import java.util.Optional;

/** How a check stands. Only an answer can be failing: whoever gets none knows nothing. */
public enum CheckStatus {
  /** What was looked at is right. */
  OK,
  /** An answer came, and it is wrong. */
  FAILING,
  /** It could not be looked at: no answer, no connection, no validating resolver. */
  UNKNOWN,
  /** Nothing is published that could be wrong. */
  ABSENT,
  /** The parameter {@code checks} leaves it out. */
  OFF,
  /** No look has come to an end since the start. */
  NOT_YET;

  /** As it is shown everywhere: lower case, {@code not-yet}. */
  public String key() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Whether the check is good; empty where nothing can be said, so that no alert fires on it. */
  public Optional<Boolean> ok() {
    return switch (this) {
      case OK -> Optional.of(true);
      case FAILING -> Optional.of(false);
      case UNKNOWN, ABSENT, OFF, NOT_YET -> Optional.empty();
    };
  }
}
