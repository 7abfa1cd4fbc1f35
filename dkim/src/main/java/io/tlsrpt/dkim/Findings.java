// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.dkim;

import io.tlsrpt.dkim.Authenticity.Unauthenticated;
import io.tlsrpt.dkim.Authenticity.Undecided;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What is wrong with each signature of a mail, or with each key; the nearest to good is told. */
final class Findings {
  private final List<Authenticity> all = new ArrayList<>();

  void add(Authenticity finding) {
    all.add(finding);
  }

  /**
   * An undecided one, which may turn out good; else the first of the nearest {@link Fault}.
   *
   * @throws IllegalStateException if nothing was added
   */
  Authenticity nearest() {
    Optional<Authenticity> undecided = all.stream().filter(Undecided.class::isInstance).findFirst();
    return undecided
        .or(
            () ->
                all.stream()
                    .filter(Unauthenticated.class::isInstance)
                    .max(Comparator.comparing(finding -> ((Unauthenticated) finding).fault())))
        .orElseThrow(() -> new IllegalStateException("no signature was judged"));
  }
}
