// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.it;

import java.time.Duration;

/** What an administrator does with a running James, by JMX as {@code james-cli} does. */
record Administrator(JmxClient jmx) {
  private static final String RECEIVER = "io.tlsrpt:type=Receiver";
  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  void addDomain(String domain) {
    jmx.invoke("org.apache.james:type=component,name=domainlist", "addDomain", domain);
  }

  void addUser(String address, String password) {
    jmx.invoke(
        "org.apache.james:type=component,name=usersrepository", "addUser", address, password);
  }

  /** Waits until every report that came in has its outcome. */
  void awaitReports(long reports) {
    Waiting.until(
        TIMEOUT,
        reports + " reports are judged",
        () ->
            jmx.number(RECEIVER, "ReportsReceived") >= reports
                && jmx.number(RECEIVER, "ReportsReceived")
                    == jmx.number(RECEIVER, "ReportsAccepted")
                        + jmx.number(RECEIVER, "ReportsDuplicate")
                        + jmx.number(RECEIVER, "ReportsRejected")
                        + jmx.number(RECEIVER, "ReportsDeferred"));
  }
}
