// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store;

import io.tlsrpt.figures.DomainState;
import io.tlsrpt.figures.ReportIdentity;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;

/**
 * Takes over what another database knows beyond the reports that it keeps. Its reports are
 * committed as any others are.
 */
public interface ImportTarget {
  /**
   * The sources that were imported, each with the receipt from which on its reports were.
   *
   * @throws StoreUnavailableException if they cannot be read now
   */
  Map<String, Instant> imports();

  /**
   * Remembers a source and adds its past to the states, once: does nothing if the source is
   * remembered already.
   *
   * @param since the receipt from which on its reports are imported
   * @param past what {@link DomainState#past} gives, at most one of each domain
   * @throws StoreUnavailableException if the store cannot be written now; nothing has changed
   */
  void addImport(String source, Instant since, Collection<DomainState> past);

  /**
   * How many of these reports are stored, or were stored and have been deleted.
   *
   * @throws StoreUnavailableException if the store cannot be read now
   */
  int known(Collection<ReportIdentity> reports);

  /**
   * Remembers deleted reports, so that they are recognised if they come again.
   *
   * @throws StoreUnavailableException if the store cannot be written now; nothing has changed
   */
  void addDeleted(Collection<DeletedReport> reports);
}
