// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.dkim;

import io.tlsrpt.dkim.Authenticity.Unauthenticated;
import io.tlsrpt.dkim.Authenticity.Undecided;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What is wrong with each signature of a mail, or with each key; the nearest to good is told. */
final class Findings {
  private final List<Authenticity> all = new ArrayList<>();

  void add(Authenticity finding) {
    all.add(finding);
  }

  /**
   * An undecided one, which may turn out good: the one for which most speaks. Else the first of the
   * nearest {@link Fault}.
   *
   * @throws IllegalStateException if nothing was added
   */
  Authenticity nearest() {
    return nearest(Undecided.class, Undecided::standing)
        .or(() -> nearest(Unauthenticated.class, Unauthenticated::fault))
        .orElseThrow(() -> new IllegalStateException("no signature was judged"));
  }

  private <F extends Authenticity, C extends Comparable<C>> Optional<Authenticity> nearest(
      Class<F> kind, Function<F, C> nearness) {
    return all.stream()
        .filter(kind::isInstance)
        .map(kind::cast)
        .max(Comparator.comparing(nearness))
        .map(Authenticity.class::cast);
  }
}
