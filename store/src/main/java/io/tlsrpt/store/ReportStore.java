// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store;

import io.tlsrpt.figures.Contribution;
import io.tlsrpt.figures.DomainState;
import io.tlsrpt.figures.ReportContent;
import io.tlsrpt.figures.ReportIdentity;
import java.util.Collection;
import java.util.List;

/**
 * Remembers reports: each one once. May be used by many threads at once; commits happen one after
 * the other.
 */
public interface ReportStore extends AutoCloseable {

  /**
   * Commits a report with all that it adds, or nothing of it.
   *
   * @param contributions one for each of its domains, at least one
   */
  StoreOutcome commit(
      ReportIdentity identity, ReportContent content, List<Contribution> contributions);

  /** The states of all domains of which a report was ever committed. */
  Collection<DomainState> domains();

  @Override
  void close();
}
