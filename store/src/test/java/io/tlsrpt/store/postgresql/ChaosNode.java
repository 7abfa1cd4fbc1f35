// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store.postgresql;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tlsrpt.figures.DomainState;
import io.tlsrpt.store.NewReport;
import io.tlsrpt.store.ReportStore;
import io.tlsrpt.store.StoreOutcome;
import io.tlsrpt.store.StoreOutcome.AlreadyStored;
import io.tlsrpt.store.StoreOutcome.Stored;
import io.tlsrpt.store.StoreUnavailableException;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * One server of a {@link Chaos}, as a process of its own. It is told what to do by lines, and
 * answers by lines:
 *
 * <ul>
 *   <li>{@code play <url> <seed> <order> <point>}: eight threads commit the mails of a seed, each
 *       until it succeeds, in an order of their own. Answers: for each mail {@code told <number>
 *       <outcomes>}, a letter for each report: {@code S}tored or {@code A}lready stored; for each
 *       failure {@code outage <why>}; in the end {@code done}.
 *   <li>The thread that takes the mail at the point says {@code reached}, and commits it after
 *       {@code go} only. So whatever is done to the server then is done while it works.
 *   <li>{@code show}: answers {@code shown} if it shows the states that are stored.
 * </ul>
 *
 * <p>{@code wrong <what>}: something that must not happen has happened.
 */
final class ChaosNode {
  private static final FileOutputStream OUTPUT = new FileOutputStream(FileDescriptor.out);
  private static final int THREADS = 8;
  private static final Duration LONGEST = Duration.ofMinutes(2);
  private static final long BETWEEN_POLLS_MILLIS = 200;

  /** Short for what an outage lasts, so that all threads try as soon as that is allowed. */
  private static final long BETWEEN_TRIES_MILLIS = 100;

  private final Servers servers;
  private final ReportStore store;
  private final List<List<NewReport>> mails;
  private final Queue<Integer> left;
  private final AtomicInteger taken = new AtomicInteger();
  private final int point;
  private final CountDownLatch go = new CountDownLatch(1);
  private final AtomicInteger working = new AtomicInteger(THREADS);

  private ChaosNode(String name, String url, long seed, long order, int point) {
    this.point = point;
    servers = new Servers(url);
    store = servers.open(name);
    mails = ChaosMails.of(seed);
    List<Integer> numbers = new ArrayList<>(IntStream.range(0, mails.size()).boxed().toList());
    Collections.shuffle(numbers, new Random(order));
    left = new ConcurrentLinkedQueue<>(numbers);
  }

  /** Does what is said by lines; the argument is the server's name. It ends with its input. */
  public static void main(String[] args) throws Exception {
    try (BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, UTF_8));
        ExecutorService threads = Executors.newCachedThreadPool()) {
      ChaosNode node = null;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] words = line.split(" ", -1);
        if (words[0].equals("play")) {
          node =
              new ChaosNode(
                  args[0],
                  words[1],
                  Long.parseLong(words[2]),
                  Long.parseLong(words[3]),
                  Integer.parseInt(words[4]));
          node.play(threads);
        } else if (node != null && words[0].equals("go")) {
          node.go.countDown();
        } else if (node != null && words[0].equals("show")) {
          orSayWhatIsWrong(node::show);
        }
      }
      threads.shutdownNow();
    }
  }

  /** In one piece, so that no half line is left when the process is killed. */
  private static synchronized void say(String line) {
    try {
      OUTPUT.write((line + "\n").getBytes(UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void play(ExecutorService threads) {
    for (int i = 0; i < THREADS; i++) {
      threads.execute(() -> orSayWhatIsWrong(this::commitAll));
    }
    threads.execute(() -> orSayWhatIsWrong(this::poll));
  }

  private interface Task {
    void run() throws Exception;
  }

  private static void orSayWhatIsWrong(Task task) {
    try {
      task.run();
    } catch (Exception | AssertionError e) {
      StringWriter trace = new StringWriter();
      e.printStackTrace(new PrintWriter(trace));
      say("wrong " + trace.toString().replace('\n', ' '));
    }
  }

  private void commitAll() throws InterruptedException {
    for (Integer mail = left.poll(); mail != null; mail = left.poll()) {
      if (taken.incrementAndGet() == point) {
        say("reached");
        go.await();
      }
      List<NewReport> reports = mails.get(mail);
      List<StoreOutcome> outcomes = untilItWorks(() -> store.commit(reports));
      say(
          "told %d %s"
              .formatted(
                  mail, outcomes.stream().map(ChaosNode::letter).collect(Collectors.joining())));
    }
    if (working.decrementAndGet() == 0) {
      say("done");
    }
  }

  private static String letter(StoreOutcome outcome) {
    return switch (outcome) {
      case Stored stored -> "S";
      case AlreadyStored(boolean sameContent) when sameContent -> "A";
      case AlreadyStored other -> throw new AssertionError("another report has its identity");
      case StoreOutcome.Refused refused -> throw new AssertionError(refused.toString());
    };
  }

  private static <T> T untilItWorks(Supplier<T> use) throws InterruptedException {
    long end = System.nanoTime() + LONGEST.toNanos();
    while (true) {
      try {
        return use.get();
      } catch (StoreUnavailableException e) {
        if (System.nanoTime() > end) {
          throw e;
        }
        say("outage " + e.getMessage());
        TimeUnit.MILLISECONDS.sleep(BETWEEN_TRIES_MILLIS);
      }
    }
  }

  /** As a server does it each 5 seconds, but between as many commits as possible. */
  private void poll() throws InterruptedException {
    while (working.get() > 0) {
      TimeUnit.MILLISECONDS.sleep(BETWEEN_POLLS_MILLIS);
      try {
        store.refresh();
      } catch (StoreUnavailableException e) {
        // The commits tell of it, and the next poll makes up for it.
      }
    }
  }

  private void show() throws InterruptedException {
    untilItWorks(store::refresh);
    Set<DomainState> stored = Set.copyOf(servers.open("another").domains());
    assertThat(Set.copyOf(store.domains())).isEqualTo(stored);
    servers.close();
    say("shown");
  }
}
