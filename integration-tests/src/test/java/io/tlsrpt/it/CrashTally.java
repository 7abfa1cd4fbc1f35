// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.it;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What rounds of {@link CrashIT} came to: whether the kills hit what they were aimed at.
 *
 * @param sent reports that senders were given
 * @param passed those of them whose mails had passed us
 * @param killsWithWaiting kills that left deferred mails on disk
 * @param waiting those mails
 * @param storedAndWaiting those of them whose reports were in the database already
 * @param duplicates reports that were there when their round was sent again
 */
record CrashTally(
    int rounds,
    long sent,
    long passed,
    int killsWithWaiting,
    long waiting,
    long storedAndWaiting,
    long duplicates) {
  static final CrashTally NONE = new CrashTally(0, 0, 0, 0, 0, 0, 0);

  /** One round. */
  static CrashTally of(
      List<CrashReport> sent,
      List<String> record,
      long waiting,
      long storedAndWaiting,
      long duplicates) {
    Set<String> passed = new HashSet<>(record);
    return new CrashTally(
        1,
        sent.size(),
        sent.stream().filter(report -> passed.contains(report.id())).count(),
        waiting > 0 ? 1 : 0,
        waiting,
        storedAndWaiting,
        duplicates);
  }

  CrashTally plus(CrashTally other) {
    return new CrashTally(
        rounds + other.rounds,
        sent + other.sent,
        passed + other.passed,
        killsWithWaiting + other.killsWithWaiting,
        waiting + other.waiting,
        storedAndWaiting + other.storedAndWaiting,
        duplicates + other.duplicates);
  }

  /** Reports that senders were given and James had not done with. */
  long unfinished() {
    return sent - passed;
  }
}
