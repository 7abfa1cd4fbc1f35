// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Looks whether a James that was killed has lost or doubled anything.
 *
 * @param sent all reports that it was ever sent
 */
record CrashInspection(CrashingJames james, JmxClient jmx, List<CrashReport> sent) {
  private static final String RECEIVER = "io.tlsrpt:type=Receiver";
  private static final Duration RETRIES = Duration.ofSeconds(90);

  /** Waits until nothing is deferred any more; so many reports were received since the start. */
  void awaitQuiet(long received) {
    new Administrator(jmx).awaitReports(received);
    Waiting.until(RETRIES, "all reports are judged", () -> receiver("ReportsDeferred") == 0);
    Waiting.until(RETRIES, "no mail waits", () -> james.waitingMails().isEmpty());
    assertThat(receiver("ReportsReceived")).isEqualTo(received);
    assertThat(receiver("ReportsAccepted") + receiver("ReportsDuplicate")).isEqualTo(received);
    assertThat(receiver("ReportsRejected")).isZero();
    assertThat(jmx.value(RECEIVER, "StoreAvailable")).isEqualTo(true);
  }

  long duplicates() {
    return receiver("ReportsDuplicate");
  }

  private long receiver(String attribute) {
    return jmx.number(RECEIVER, attribute);
  }

  /** These are stored, none is stored twice, and whatever is stored is what is shown. */
  void assertStored(List<String> ids) {
    List<String> stored = james.database().ids();
    assertThat(stored).doesNotHaveDuplicates().containsAll(ids);
    assertShown(Set.copyOf(stored));
  }

  /** Everything that was ever sent is stored, once, and shown. */
  void assertAllStored() {
    List<String> ids = sent.stream().map(CrashReport::id).toList();
    assertThat(james.database().ids()).containsExactlyInAnyOrderElementsOf(ids);
    assertShown(Set.copyOf(ids));
    assertThat(james.database().integrity()).containsExactly("ok");
  }

  private void assertShown(Set<String> ids) {
    Map<String, ReportedSums> sums =
        ReportedSums.of(sent.stream().filter(report -> ids.contains(report.id())).toList());
    assertThat(ReportedSums.shown(jmx, sums.keySet())).isEqualTo(sums);
  }
}
