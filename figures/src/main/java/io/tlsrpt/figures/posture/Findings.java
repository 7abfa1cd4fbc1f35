// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.figures.posture;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** The findings of all checks of a domain or an MX host. */
final class Findings {
  private static final int MAX = 10;

  private Findings() {}

  static long problems(Collection<CheckState> checks) {
    return checks.stream().filter(check -> check.status() == CheckStatus.FAILING).count();
  }

  /** Those of failing checks first; at most 10. */
  static List<String> of(Map<? extends Check, CheckState> checks) {
    return checks.entrySet().stream()
        .sorted(Comparator.comparing(check -> check.getValue().status() != CheckStatus.FAILING))
        .flatMap(
            check ->
                check.getValue().findings().stream()
                    .map(words -> check.getKey().key() + ": " + words))
        .limit(MAX)
        .toList();
  }
}
