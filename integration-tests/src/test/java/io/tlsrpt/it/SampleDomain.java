// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.it;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A domain of the sample installation.
 *
 * @param policy what reporters see of it: a mode of MTA-STS, {@code tlsa} or {@code none}
 * @param perDay about how many sessions a day its largest reporter has with it
 * @param from how many days ago the first report is about
 * @param to how many days ago the last report is about; 1 for yesterday
 */
record SampleDomain(
    String name,
    String policy,
    int perDay,
    int from,
    int to,
    List<SampleReporter> reporters,
    List<Failing> failures) {

  /**
   * Failures of some days.
   *
   * @param percent of the sessions
   * @param from how many days ago the first one was
   * @param to how many days ago the last one was
   */
  record Failing(
      String type, String mx, String ip, int percent, int from, int to, SampleReporter reporter) {}

  /** The report of one reporter about a day. */
  String report(SampleReporter reporter, String date, int daysAgo) {
    List<Failing> failing =
        failures.stream()
            .filter(one -> one.reporter.equals(reporter))
            .filter(one -> one.from >= daysAgo && daysAgo >= one.to)
            .toList();
    int sessions = sessions(reporter, daysAgo);
    int failed = failing.stream().mapToInt(one -> failed(one, sessions)).sum();
    return """
        {"organization-name": "%1$s",
         "date-range": {"start-datetime": "%2$sT00:00:00Z", "end-datetime": "%2$sT23:59:59Z"},
         "contact-info": "tls-reports@%3$s",
         "report-id": "%2$s_%4$s",
         "policies": [{
           "policy": %5$s,
           "summary": {"total-successful-session-count": %6$d, "total-failure-session-count": %7$d},
           "failure-details": [%8$s]}]}
        """
        .formatted(
            reporter.organisation(),
            date,
            reporter.domain(),
            name,
            policyJson(),
            sessions - failed,
            failed,
            failing.stream()
                .map(one -> details(one, sessions, reporter))
                .collect(Collectors.joining(", ")));
  }

  private static String details(Failing failing, int sessions, SampleReporter reporter) {
    return """
        {"result-type": "%s", "sending-mta-ip": "%s", "receiving-mx-hostname": "%s",
         "receiving-ip": "%s", "failed-session-count": %d}\
        """
        .formatted(
            failing.type, reporter.address(), failing.mx, failing.ip, failed(failing, sessions));
  }

  private static int failed(Failing failing, int sessions) {
    return Math.max(1, sessions * failing.percent / 100);
  }

  /** More on five days of seven, and never the same; but each run's are. */
  private int sessions(SampleReporter reporter, int daysAgo) {
    int weekly = daysAgo % 7 < 2 ? 55 : 100;
    int uneven = 85 + (name.hashCode() / 7 + daysAgo * 37) % 31;
    return Math.max(1, perDay * reporter.percent() / 100 * weekly / 100 * uneven / 100);
  }

  private String policyJson() {
    return switch (policy) {
      case "none" -> "{\"policy-type\": \"no-policy-found\", \"policy-domain\": \"" + name + "\"}";
      case "tlsa" ->
          """
          {"policy-type": "tlsa", "policy-string": ["3 1 1 %s"], "policy-domain": "%s",
           "mx-host": ["mx1.%2$s"]}"""
              .formatted("c0ffee00".repeat(8), name);
      default ->
          """
          {"policy-type": "sts", "policy-domain": "%2$s", "mx-host": ["*.%2$s"],
           "policy-string": ["version: STSv1", "mode: %s", "mx: *.%2$s", "max_age: 604800"]}"""
              .formatted(policy, name);
    };
  }
}
