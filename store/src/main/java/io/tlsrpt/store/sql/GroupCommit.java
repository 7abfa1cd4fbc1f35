// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store.sql;

import io.tlsrpt.store.NewReport;
import io.tlsrpt.store.StoreOutcome;
import io.tlsrpt.store.StoreUnavailableException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * Group commit without a thread of its own. The thread that gets the lock commits the mails of all
 * threads that wait for the lock, in one transaction, so that they share one wait for the disk. May
 * be used by many threads at once.
 */
public final class GroupCommit {
  private static final int MAX_MAILS_AT_ONCE = 64;

  private final ReentrantLock lock;
  private final Function<List<List<NewReport>>, List<List<StoreOutcome>>> writer;
  private final Queue<Commit> waiting = new ConcurrentLinkedQueue<>();

  /**
   * Commits by a writer.
   *
   * @param lock held whenever the writer is called
   * @param writer commits the reports of several mails together, or throws and commits none; gives
   *     the outcomes of each mail, in order
   */
  public GroupCommit(
      ReentrantLock lock, Function<List<List<NewReport>>, List<List<StoreOutcome>>> writer) {
    this.lock = lock;
    this.writer = writer;
  }

  /**
   * Commits the reports of a mail, or waits until another thread has committed them.
   *
   * @throws StoreUnavailableException if the store cannot be written now
   */
  public List<StoreOutcome> commit(List<NewReport> mail) {
    Commit mine = new Commit(mail);
    waiting.add(mine);
    // RATIONALE: Group commit without a thread
    lock.lock();
    try {
      while (!mine.isDone()) {
        writeNext(mine);
      }
    } finally {
      lock.unlock();
    }
    return mine.outcomes();
  }

  private void writeNext(Commit mine) {
    List<Commit> next = new ArrayList<>();
    while (next.size() < MAX_MAILS_AT_ONCE && !waiting.isEmpty()) {
      next.add(waiting.remove());
    }
    if (next.isEmpty()) {
      // Another thread took this mail from the queue and died before it could answer.
      mine.fail(new IllegalStateException("the commit it was part of broke off"));
    } else {
      write(next);
    }
  }

  private void write(List<Commit> together) {
    try {
      List<List<StoreOutcome>> outcomes =
          writer.apply(together.stream().map(Commit::mail).toList());
      for (int i = 0; i < together.size(); i++) {
        together.get(i).succeed(outcomes.get(i));
      }
    } catch (StoreUnavailableException e) {
      together.forEach(one -> one.fail(e));
    } catch (Throwable e) {
      if (together.size() > 1) {
        // One by one, so that only the offending mail fails.
        together.forEach(one -> write(List.of(one)));
      } else {
        together.forEach(one -> one.fail(e));
      }
    }
  }
}
