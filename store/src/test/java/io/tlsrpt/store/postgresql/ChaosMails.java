// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store.postgresql;

import static io.tlsrpt.store.StoredReports.RECEIPT;

import io.tlsrpt.report.PolicyResult;
import io.tlsrpt.store.NewReport;
import io.tlsrpt.store.StoredReports;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Mails of which each server makes the same, so that no report need go from one to another. */
final class ChaosMails {
  static final int MAILS = 300;
  static final int DOMAINS = 50;

  private ChaosMails() {}

  /** Mails of one to three reports; a mail has a report of the mail before, in another place. */
  static List<List<NewReport>> of(long seed) {
    return of(seed, MAILS, DOMAINS);
  }

  static List<List<NewReport>> of(long seed, int count, int domains) {
    Random random = new Random(seed);
    List<List<NewReport>> mails = new ArrayList<>();
    List<NewReport> last = List.of();
    for (int i = 0; i < count; i++) {
      List<NewReport> mail = new ArrayList<>();
      for (int j = random.nextInt(2); j >= 0; j--) {
        mail.add(report(i + "." + j, random, domains));
      }
      if (!last.isEmpty() && random.nextInt(3) == 0) {
        mail.addFirst(last.getLast());
      }
      mails.add(mail);
      last = mail;
    }
    return mails;
  }

  /** A report; a fifth of them speak of up to three domains. */
  private static NewReport report(String id, Random random, int domains) {
    int most = random.nextInt(5) == 0 ? 1 + random.nextInt(3) : 1;
    return StoredReports.report(
        "r" + random.nextInt(6) + ".example",
        id,
        StoredReports.DAY.minusDays(random.nextInt(4)),
        RECEIPT.minusSeconds(random.nextInt(100_000)),
        random
            .ints(0, domains)
            .distinct()
            .limit(Math.min(most, domains))
            .mapToObj(
                domain ->
                    StoredReports.entry(
                        "d" + domain + ".example",
                        random.nextInt(100),
                        1,
                        StoredReports.failed(
                            random.nextBoolean() ? "certificate-expired" : "tlsa-invalid",
                            1,
                            "mx" + random.nextInt(3) + ".example")))
            .toArray(PolicyResult[]::new));
  }
}
