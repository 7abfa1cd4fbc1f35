// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.dkim;

import io.tlsrpt.dkim.Authenticity.Unauthenticated;
import io.tlsrpt.dkim.Authenticity.Undecided;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Collects what is wrong with each signature of a mail, or with each key, and picks the finding
 * that is closest to good.
 */
final class Findings {
  private final List<Authenticity> all = new ArrayList<>();

  void add(Authenticity finding) {
    all.add(finding);
  }

  /**
   * If there are undecided findings, one of them may turn out good: the one with the best standing
   * is picked. Otherwise it is the first one with the closest {@link Fault}.
   *
   * @throws IllegalStateException if nothing was added
   */
  Authenticity closest() {
    return closest(Undecided.class, Undecided::standing)
        .or(() -> closest(Unauthenticated.class, Unauthenticated::fault))
        .orElseThrow(() -> new IllegalStateException("no signature was judged"));
  }

  private <F extends Authenticity, C extends Comparable<C>> Optional<Authenticity> closest(
      Class<F> kind, Function<F, C> closeness) {
    return all.stream()
        .filter(kind::isInstance)
        .map(kind::cast)
        .max(Comparator.comparing(closeness))
        .map(Authenticity.class::cast);
  }
}
