// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.it;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** Many mails at a steady pace, by a few connections that stay open. */
final class Flood implements AutoCloseable {
  private static final int CONNECTIONS = 4;

  private final int port;
  private final int mails;
  private final Pace pace;
  private final Sending sending;
  private final AtomicInteger next = new AtomicInteger();
  private final ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS);
  private final List<Future<?>> senders = new ArrayList<>();

  /** Begins at once. */
  Flood(int port, int aSecond, int mails, Sending sending) {
    this.port = port;
    this.mails = mails;
    this.pace = new Pace(aSecond);
    this.sending = sending;
    for (int i = 0; i < CONNECTIONS; i++) {
      senders.add(threads.submit(this::send));
    }
  }

  /** Hands over the mail of a number. */
  interface Sending {
    void send(SmtpConnection connection, int number);
  }

  private void send() {
    try (SmtpConnection connection = new SmtpConnection(port)) {
      int number = next.getAndIncrement();
      while (number < mails) {
        pace.await(number);
        sending.send(connection, number);
        number = next.getAndIncrement();
      }
    }
  }

  boolean isOver() {
    return senders.stream().allMatch(Future::isDone);
  }

  /** Waits until James has taken all of it. */
  void await() {
    Senders.await(senders);
  }

  /** Ends it, with what is under way. */
  @Override
  public void close() {
    next.set(mails);
    threads.close();
  }
}
