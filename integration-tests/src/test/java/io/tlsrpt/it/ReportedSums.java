// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.it;

import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/**
 * The figures of a domain that is only ever reported without failures.
 *
 * @param reports attribute {@code Reports}
 * @param sessions attribute {@code SuccessfulSessions}
 */
record ReportedSums(long reports, long sessions) {
  /** What reports add up to, each counted once. */
  static Map<String, ReportedSums> of(Collection<CrashReport> reports) {
    Map<String, ReportedSums> sums = new TreeMap<>();
    for (CrashReport report : reports) {
      ReportedSums one = new ReportedSums(1, report.sessions());
      report.domains().forEach(domain -> sums.merge(domain, one, ReportedSums::plus));
    }
    return sums;
  }

  /** What the beans of some domains show. */
  static Map<String, ReportedSums> shown(JmxClient jmx, Collection<String> domains) {
    Map<String, ReportedSums> sums = new TreeMap<>();
    for (String domain : domains) {
      String bean = "io.tlsrpt:type=Domain,domain=" + domain;
      sums.put(
          domain,
          new ReportedSums(jmx.number(bean, "Reports"), jmx.number(bean, "SuccessfulSessions")));
    }
    return sums;
  }

  private ReportedSums plus(ReportedSums other) {
    return new ReportedSums(reports + other.reports, sessions + other.sessions);
  }
}
