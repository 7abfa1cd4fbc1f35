// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import io.tlsrpt.dkim.Authenticity;
import io.tlsrpt.dkim.DkimAuthenticator;
import io.tlsrpt.dkim.KnownKeys;
import io.tlsrpt.dns.WaitingThread;
import io.tlsrpt.message.RawMail;
import io.tlsrpt.testing.DnsServer;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;

/**
 * Reads a mail over and over in a fresh JVM. CPU of the process is that of compiler and collector,
 * too. With a key's record each mail is authenticated, the first with a look-up.
 */
final class FirstMailsProcess {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final OperatingSystemMXBean SYSTEM =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  private FirstMailsProcess() {}

  /** Arguments: mails, file of the mail, perhaps the key's record. */
  public static void main(String[] args) throws IOException {
    int mails = Integer.parseInt(args[0]);
    byte[] octets = Files.readAllBytes(Path.of(args[1]));
    if (args.length == 2) {
      measure("without authentication", mails, new ReportReading(), octets, mail -> {});
      return;
    }
    try (DnsServer dns = DnsServer.start();
        DkimAuthenticator dkim =
            DkimAuthenticator.withServersDns(
                new KnownKeys(InstantSource.system()), InstantSource.system(), key -> {})) {
      dns.useInThisProcess();
      dns.serveText("s1._domainkey.reporter.example", args[2]);
      measure(
          "with authentication", mails, new ReportReading(), octets, mail -> believe(dkim, mail));
    }
  }

  @FunctionalInterface
  private interface Check {
    void check(RawMail mail);
  }

  private static void believe(DkimAuthenticator dkim, RawMail mail) {
    if (!(dkim.judge(mail, Instant.now(), WaitingThread.SPOOLER)
        instanceof Authenticity.Authenticated)) {
      throw new IllegalStateException("the mail is not believed");
    }
  }

  private static void measure(
      String what, int mails, ReportReading reading, byte[] octets, Check check) {
    long thread = THREADS.getCurrentThreadCpuTime();
    long process = SYSTEM.getProcessCpuTime();
    long first = 0;
    for (int i = 0; i < mails; i++) {
      RawMail mail = RawMail.of(octets, octets.length);
      check.check(mail);
      reading.read(mail);
      if (i == 0) {
        first = THREADS.getCurrentThreadCpuTime() - thread;
      }
    }
    System.out.println(
        String.format(
            Locale.ROOT,
            "%-22s thread %6.1f us a mail, process %6.1f us a mail; the first %5.1f ms (thread)",
            what,
            (THREADS.getCurrentThreadCpuTime() - thread) / 1e3 / mails,
            (SYSTEM.getProcessCpuTime() - process) / 1e3 / mails,
            first / 1e6));
  }
}
