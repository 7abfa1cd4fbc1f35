// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.it;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;

/** Several senders at once, each with one mail after the other, until there is none left. */
final class ReportSenders {
  private static final String RUA = "tlsrpt@example.com";
  private static final int SENDERS = 4;

  private final SmtpClient smtp;
  private final Supplier<Optional<CrashReport>> source;
  private final ExecutorService threads = Executors.newFixedThreadPool(SENDERS);
  private final List<Future<?>> senders = new ArrayList<>();
  private volatile boolean serverIsDoomed;

  private ReportSenders(Ports ports, Supplier<Optional<CrashReport>> source) {
    this.smtp = new SmtpClient(ports.smtp());
    this.source = source;
  }

  /**
   * Begins.
   *
   * @param source asked by many threads at once
   */
  static ReportSenders start(Ports ports, Supplier<Optional<CrashReport>> source) {
    ReportSenders started = new ReportSenders(ports, source);
    started.start();
    return started;
  }

  private void start() {
    for (int i = 0; i < SENDERS; i++) {
      senders.add(threads.submit(this::sendAll));
    }
    threads.shutdown();
  }

  /** Sends mails, and waits until the server has taken all of them. */
  static void send(Ports ports, List<CrashReport> reports) {
    ConcurrentLinkedQueue<CrashReport> queue = new ConcurrentLinkedQueue<>(reports);
    start(ports, () -> Optional.ofNullable(queue.poll())).await();
  }

  private void sendAll() {
    try {
      for (Optional<CrashReport> next = source.get(); next.isPresent(); next = source.get()) {
        send(next.get());
      }
    } catch (IllegalStateException e) {
      if (!serverIsDoomed) {
        throw e;
      }
    }
  }

  private void send(CrashReport report) {
    smtp.send("tls-reports@" + report.reporter(), RUA, report.mail());
  }

  /** From now on a sender that the server fails just ends. */
  void expectTheEnd() {
    serverIsDoomed = true;
  }

  /**
   * Waits until all senders have ended.
   *
   * @throws IllegalStateException if the server failed one of them unexpectedly
   */
  void await() {
    Senders.await(senders);
  }
}
