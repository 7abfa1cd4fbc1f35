// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.mailet;

import io.tlsrpt.figures.UnknownDomain;
import io.tlsrpt.report.PolicyDomain;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The last policy domains that were refused since they are not ours. May be used by many threads at
 * once.
 */
final class UnknownDomains {
  private static final int MAX = 20;

  /** In the order of their last refusal. */
  private final Map<Name, Long> counts = new LinkedHashMap<>();

  synchronized void refuse(PolicyDomain domain, String reporter) {
    Name name = new Name(domain, reporter);
    Long known = counts.remove(name);
    counts.put(name, known == null ? 1 : known + 1);
    if (counts.size() > MAX) {
      counts.remove(counts.keySet().iterator().next());
    }
  }

  /** The last one first. */
  synchronized List<UnknownDomain> last() {
    return counts.entrySet().stream()
        .map(
            refused ->
                new UnknownDomain(
                    refused.getKey().domain(), refused.getKey().reporter(), refused.getValue()))
        .toList()
        .reversed();
  }

  private record Name(PolicyDomain domain, String reporter) {}
}
