// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.benchmarks.store;

import io.tlsrpt.benchmarks.StoredReports;
import io.tlsrpt.figures.Contribution;
import io.tlsrpt.figures.DomainState;
import io.tlsrpt.figures.FailureWindow;
import io.tlsrpt.report.DomainName;
import io.tlsrpt.store.NewReport;
import io.tlsrpt.store.ReportStore;
import io.tlsrpt.store.StoreOutcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/** A report with three failure details stored, beside what the work consists of. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class StoreBenchmark {
  private static final StoredReports REPORTS = new StoredReports(1_000, 10, 3);

  /** Three weeks, so that a state is as large as it gets. */
  private static final int KNOWN = 22 * REPORTS.perDay();

  private static final int AT_ONCE = 1_000;

  /** A store that knows the last three weeks. */
  @State(Scope.Benchmark)
  public static class Stored {
    @Param({"NORMAL", "FULL"})
    String synchronous = "";

    private final AtomicLong next = new AtomicLong(KNOWN);
    private ScratchDirectory directory = ScratchDirectory.make();
    private ReportStore store = directory.store("NORMAL");

    @Setup
    public void store() {
      for (int first = 0; first < KNOWN; first += AT_ONCE) {
        store.commit(REPORTS.reports(first, AT_ONCE));
      }
      store.close();
      store = directory.store(synchronous);
    }

    List<StoreOutcome> commit() {
      return store.commit(List.of(REPORTS.report(next.getAndIncrement())));
    }

    @TearDown
    public void delete() {
      store.close();
      directory.delete();
    }
  }

  /** States of the last three weeks, without a store. */
  @State(Scope.Thread)
  public static class Folded {
    private final Map<DomainName, DomainState> states = new HashMap<>();
    private long next;

    @Setup
    public void fold() {
      while (next < KNOWN) {
        foldNext();
      }
    }

    DomainState foldNext() {
      Contribution contribution = REPORTS.contribution(next++);
      DomainState after =
          states
              .getOrDefault(contribution.domain(), DomainState.of(contribution.domain()))
              .plus(contribution, contribution.receivedAt(), FailureWindow.DEFAULT);
      states.put(after.domain(), after);
      return after;
    }
  }

  /** A file that is written and forced to the disk. */
  @State(Scope.Benchmark)
  public static class Forced {
    private static final int PAGE = 4_096;
    private static final int PAGES = 1_000;

    private final ByteBuffer pages = ByteBuffer.allocateDirect(16 * PAGE);
    private ScratchDirectory directory = ScratchDirectory.make();
    private FileChannel file = open(directory);
    private int next;

    private static FileChannel open(ScratchDirectory directory) {
      try {
        FileChannel file =
            FileChannel.open(
                directory.file("forced"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        file.write(ByteBuffer.allocate(16 * PAGE * PAGES));
        file.force(true);
        return file;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    int force() throws IOException {
      int written = file.write(pages.clear(), (long) next * pages.capacity());
      next = (next + 1) % PAGES;
      file.force(false);
      return written;
    }

    @TearDown
    public void delete() throws IOException {
      file.close();
      directory.delete();
    }
  }

  @Benchmark
  public List<StoreOutcome> stored(Stored stored) {
    return stored.commit();
  }

  /** The time of each thread: an eighth of it is that of a report. */
  @Benchmark
  @Threads(8)
  public List<StoreOutcome> storedByEight(Stored stored) {
    return stored.commit();
  }

  /** The new state of the domain alone. */
  @Benchmark
  public DomainState folded(Folded folded) {
    return folded.foldNext();
  }

  /** Making the report, which is part of every time above. */
  @Benchmark
  public NewReport made(Folded folded) {
    return REPORTS.report(folded.next++);
  }

  /** As many pages as a commit writes, and the wait for the disk. */
  @Benchmark
  public int forced(Forced forced) throws IOException {
    return forced.force();
  }
}
