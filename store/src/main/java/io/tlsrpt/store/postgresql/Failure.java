// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store.postgresql;

import java.sql.SQLException;
import java.util.Set;

/** What a failure means, by its SQLSTATE (PostgreSQL's appendix A). */
enum Failure {
  /** Another server was faster: the same transaction may succeed when it is done again. */
  LOST_RACE,
  /** The values of a statement are to blame; trying again would not help. */
  VALUES,
  /** The database has no room. */
  FULL,
  /** A question took longer than allowed. */
  TOO_LONG,
  /** The database cannot be used now. */
  OUTAGE;

  private static final String UNIQUE_VIOLATION = "23505";
  private static final String DISK_FULL = "53100";
  private static final String QUERY_CANCELED = "57014";
  private static final String TRANSACTION_ROLLBACK = "40";
  private static final String DATA_EXCEPTION = "22";
  private static final String INTEGRITY_VIOLATION = "23";

  /** What only another server that does the same at the same time can have violated. */
  private static final Set<String> OF_A_RACE =
      Set.of(
          "report_identity_key",
          "contribution_domain_version_key",
          "policy_domain_name_key",
          "reporter_name_key");

  static Failure of(SQLException e) {
    String state = e.getSQLState() == null ? "" : e.getSQLState();
    if (state.startsWith(TRANSACTION_ROLLBACK)
        || (state.equals(UNIQUE_VIOLATION) && isOfARace(String.valueOf(e.getMessage())))) {
      return LOST_RACE;
    }
    if (state.startsWith(DATA_EXCEPTION) || state.startsWith(INTEGRITY_VIOLATION)) {
      return VALUES;
    }
    return switch (state) {
      case DISK_FULL -> FULL;
      case QUERY_CANCELED -> TOO_LONG;
      default -> OUTAGE;
    };
  }

  private static boolean isOfARace(String message) {
    return OF_A_RACE.stream().anyMatch(message::contains);
  }
}
