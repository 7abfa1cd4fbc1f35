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
  private final Map<PolicyDomain, UnknownDomain> refused = new LinkedHashMap<>();

  synchronized void refuse(PolicyDomain domain, String reporter) {
    UnknownDomain known = refused.remove(domain);
    refused.put(domain, new UnknownDomain(domain, reporter, known == null ? 1 : known.count() + 1));
    if (refused.size() > MAX) {
      refused.remove(refused.keySet().iterator().next());
    }
  }

  /** The last one first. */
  synchronized List<UnknownDomain> last() {
    return List.copyOf(refused.values()).reversed();
  }
}
