// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.benchmarks.load;

import io.tlsrpt.it.Reporters;
import io.tlsrpt.testing.DnsServer;
import io.tlsrpt.testing.DnsServer.Mood;
import java.util.Locale;
import java.util.Map;

/**
 * Very many hostile mails and a few genuine ones through a real James of 1 GiB: what is in memory
 * after each tenth of them, and whether every genuine one was counted and no other. Arguments: how
 * many are hostile, how many genuine. See README.md.
 */
public final class HostileSoak {
  private static final int LOOKS = 10;

  private HostileSoak() {}

  /** All of them. */
  public static void main(String[] args) {
    int hostile = Integer.parseInt(args[0]);
    int genuine = Integer.parseInt(args[1]);
    int mails = hostile + genuine;
    try (Reporters reporters = new Reporters();
        LoadedJames james =
            LoadedJames.start(Variant.WITH_DKIM, reporters, "hostile-soak", "-Xmx1g")) {
      Mixture mixture = new Mixture(reporters, mails, genuine);
      onlyKnownZonesAnswer(reporters.dns());
      System.out.println(
          "| mails | heap after a collection, MB | accepted | waiting | mails a second |");
      System.out.println("|---|---|---|---|---|");
      for (int i = 0; i < LOOKS; i++) {
        int first = (int) ((long) i * mails / LOOKS);
        int next = (int) ((long) (i + 1) * mails / LOOKS);
        long start = System.nanoTime();
        Sending.of(james, first, next - first, mixture::mail);
        double seconds = (System.nanoTime() - start) / 1e9;
        System.out.printf(
            Locale.ROOT,
            "| %,d | %.1f | %d | %d | %.0f |%n",
            next,
            james.heap(),
            james.reports("Accepted"),
            james.reports("Deferred"),
            (next - first) / seconds);
      }
      reporters.dns().setMood(Mood.ANSWERING);
      james.awaitNoneDeferred();
      compare(james, hostile, genuine);
    }
  }

  private static void onlyKnownZonesAnswer(DnsServer dns) {
    LoadMails.reporters().forEach(dns::zone);
    HostileMails.SIGNERS.forEach(dns::zone);
    dns.setMood(Mood.SILENT);
  }

  /** Genuine mails evenly among the hostile ones. */
  private static final class Mixture {
    private final LoadMails good;
    private final HostileMails bad;
    private final int mails;
    private final int genuine;

    Mixture(Reporters reporters, int mails, int genuine) {
      this.good = new LoadMails(reporters);
      this.bad = new HostileMails(reporters, good);
      this.mails = mails;
      this.genuine = genuine;
    }

    byte[] mail(int number) {
      int before = genuineBefore(number);
      return genuineBefore(number + 1) > before ? good.good(before) : bad.mail(number - before);
    }

    private int genuineBefore(int number) {
      return (int) ((long) number * genuine / mails);
    }
  }

  private static void compare(LoadedJames james, int hostile, int genuine) {
    Map<String, Long> rejections = james.rejections();
    long received = james.reports("Received");
    long accepted = james.reports("Accepted");
    long duplicate = james.reports("Duplicate");
    long rejected = james.reports("Rejected");
    System.out.println();
    System.out.printf(
        "sent %d genuine, %d hostile; received %d, accepted %d, duplicate %d, rejected %d%n",
        genuine, hostile, received, accepted, duplicate, rejected);
    System.out.println("rejected " + rejections);
    // A bomb holds many reports, each of which counts.
    boolean lawful = received == accepted + duplicate + rejected && rejected >= hostile;
    if (!lawful || accepted != genuine || rejections.containsKey("internal")) {
      throw new IllegalStateException("the counts are not those of the mails");
    }
    if (james.log().contains("OutOfMemoryError")) {
      throw new IllegalStateException("memory has not sufficed");
    }
  }
}
