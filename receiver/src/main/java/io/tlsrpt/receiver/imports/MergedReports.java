// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.receiver.imports;

import io.tlsrpt.store.Archive;
import io.tlsrpt.store.NewReport;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/** The reports of several databases as one row in order of receipt. */
final class MergedReports implements AutoCloseable {
  private final List<Archive.Cursor> cursors = new ArrayList<>();
  private final PriorityQueue<Head> heads =
      new PriorityQueue<>(Comparator.comparing(Head::receipt));

  /** The next report of a database. */
  private record Head(NewReport report, Archive.Cursor cursor) {
    Instant receipt() {
      return report.contributions().getFirst().receivedAt();
    }
  }

  MergedReports(Map<Archive, Instant> from) {
    try {
      from.forEach((archive, since) -> cursors.add(archive.read(since)));
      cursors.forEach(this::advance);
    } catch (RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  private void advance(Archive.Cursor cursor) {
    cursor.next().ifPresent(report -> heads.add(new Head(report, cursor)));
  }

  /** The next reports, at most so many; none at the end. */
  List<NewReport> next(int atMost) {
    List<NewReport> next = new ArrayList<>();
    while (next.size() < atMost && !heads.isEmpty()) {
      Head head = heads.remove();
      next.add(head.report());
      advance(head.cursor());
    }
    return next;
  }

  long damaged() {
    return cursors.stream().mapToLong(Archive.Cursor::damaged).sum();
  }

  @Override
  public void close() {
    cursors.forEach(Archive.Cursor::close);
  }
}
