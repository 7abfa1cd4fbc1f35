// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a transaction that failed is worth: another attempt, a report's refusal, or waiting. */
class FailureTest {
  @ParameterizedTest
  @CsvSource({
    // Serialization failure, deadlock.
    "40001, LOST_RACE",
    "40P01, LOST_RACE",
    // A character that text cannot hold, a number that is too large.
    "22021, VALUES",
    "22003, VALUES",
    // A missing row, a value that a check refuses.
    "23503, VALUES",
    "23514, VALUES",
    "53100, FULL",
    "57014, TOO_LONG",
    // No connection, going down, no table, no privilege.
    "08006, OUTAGE",
    "57P01, OUTAGE",
    "42P01, OUTAGE",
    "42501, OUTAGE",
    "'', OUTAGE",
  })
  void stateShouldTellTheFailure(String state, Failure failure) {
    assertThat(Failure.of(new SQLException("any sentence", state))).isEqualTo(failure);
  }

  @ParameterizedTest
  @CsvSource({
    "report_identity_key, LOST_RACE",
    "contribution_domain_version_key, LOST_RACE",
    "policy_domain_name_key, LOST_RACE",
    "reporter_name_key, LOST_RACE",
    // Nobody but this server writes these.
    "reporter_state_pkey, VALUES",
  })
  void duplicateKeyShouldBeARaceWhereAnotherServerMayWriteIt(String key, Failure failure) {
    assertThat(
            Failure.of(
                new SQLException(
                    "ERROR: duplicate key value violates unique constraint \"" + key + "\"",
                    "23505")))
        .isEqualTo(failure);
  }

  @Test
  void failureWithoutAStateShouldBeAnOutage() {
    assertThat(Failure.of(new SQLException("reading failed"))).isEqualTo(Failure.OUTAGE);
  }
}
