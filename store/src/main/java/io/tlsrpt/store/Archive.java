// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store;

import io.tlsrpt.figures.DomainState;
import io.tlsrpt.figures.ReportIdentity;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A database of reports that no server uses now, and that is only read. Every method throws {@link
 * StoreUnavailableException} if it cannot be read. For one thread at a time.
 */
public interface Archive extends AutoCloseable {
  /** Tells it from any database with another content. */
  String id();

  /** How many reports it keeps that were received since a time. */
  long reports(Instant since);

  /** The receipts of the first and the last of them; empty if there are none. */
  Optional<Span> receipts(Instant since);

  /** A time, with both its ends. */
  record Span(Instant first, Instant last) {}

  /** The reports received since a time, in order of receipt. To be closed before the archive. */
  Cursor read(Instant since);

  /** Reads reports one after the other. */
  interface Cursor extends AutoCloseable {
    /** The next report; empty at the end. */
    Optional<NewReport> next();

    /** How many rows could not be understood, and were left out. */
    long damaged();

    @Override
    void close();
  }

  /**
   * What its states know beyond the reports received since a time, of each domain that has more.
   *
   * @param firstKept the earliest receipt of any report that will be added to this past
   */
  List<DomainState> past(Instant since, Instant firstKept);

  /** Gives the reports that were counted but are not given by {@link #read}, some at a time. */
  void deleted(Instant since, Consumer<List<DeletedReport>> some);

  /** How many of these reports it keeps, or has kept. */
  int known(Collection<ReportIdentity> reports);

  /** The DKIM keys that it knows. */
  List<KnownKey> knownKeys();

  @Override
  void close();
}
