// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.benchmarks.load;

import io.tlsrpt.it.SmtpConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;

/** Sends mails by a few connections at once, never so many that the spool fills. */
final class Sending {
  private static final int CONNECTIONS = 4;
  private static final int BETWEEN_LOOKS = 50;

  private Sending() {}

  /** Sends {@code mails} of the numbers from {@code first} on, and waits until all are handled. */
  static void of(LoadedJames james, int first, int mails, IntFunction<byte[]> mail) {
    long before = james.handled();
    AtomicInteger next = new AtomicInteger();
    try (ExecutorService senders = Executors.newFixedThreadPool(CONNECTIONS)) {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < CONNECTIONS; i++) {
        all.add(senders.submit(() -> send(james, before, first, mails, next, mail)));
      }
      for (Future<?> one : all) {
        one.get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
    james.awaitHandled(before + mails);
  }

  private static void send(
      LoadedJames james,
      long before,
      int first,
      int mails,
      AtomicInteger next,
      IntFunction<byte[]> mail) {
    try (SmtpConnection connection = james.connect()) {
      int number = next.getAndIncrement();
      while (number < mails) {
        connection.send(LoadedJames.SENDER, LoadedJames.RUA, mail.apply(first + number));
        if (number % BETWEEN_LOOKS == 0) {
          james.awaitRoom(before + number);
        }
        number = next.getAndIncrement();
      }
    }
  }
}
