// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store.sql;

import io.tlsrpt.report.DomainName;
import java.sql.SQLException;
import java.util.OptionalLong;

/**
 * The numbers that stand for names in all other tables: {@code policy_domain} has those of policy
 * domains, {@code reporter} those of reporters. For one thread at a time.
 */
public interface DomainIds {
  /** The number of a name; empty if it has none, and no row speaks of it then. */
  OptionalLong find(DomainName name);

  /** The number of a name that is written; one that has none gets one. */
  long id(DomainName name) throws SQLException;

  /** The name of a number; fails if no name has it. */
  DomainName name(long id) throws SQLException;

  /** The name of a reporter as a state mentions it; the very object that is held here, if it is. */
  DomainName held(String stored);
}
