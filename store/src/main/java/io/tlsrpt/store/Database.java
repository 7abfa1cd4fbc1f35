// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store;

import java.time.InstantSource;
import java.util.Optional;

/** Where a store keeps its reports. Nothing is opened before {@link #open}. */
public interface Database {
  /** Opens a store; if the database cannot be used now, {@link ReportStore#health} says why. */
  ReportStore open(StoreRules rules, Node node, InstantSource clock);

  /**
   * The same database, used by somebody.
   *
   * @return empty if it has no users, or if its URL says already what is given here
   */
  Optional<Database> withLogin(Optional<String> user, Optional<String> password);
}
