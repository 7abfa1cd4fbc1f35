// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** What an administrator reads of a failure, and what must not be in it. */
class FailureTextTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "28P01 | it refuses the login: wrong user or password (28P01)",
        "53300 | it takes no further connection (53300)",
        "3D000 | the database does not exist: said (3D000)",
        "42501 | the user lacks a privilege: said (42501)",
        "53100 | its disk is full: said (53100)",
        "57P03 | it is going down or starting: said (57P03)",
        "08001 | it cannot be reached: said (08001)",
        "XX000 | said (XX000)",
        "''    | said",
      })
  void stateShouldBeShownWithWhatItMeans(String state, String text) {
    assertThat(FailureText.of(new SQLException("said", state))).isEqualTo(text);
  }

  /** The detail quotes a report, the hint and the position quote the statement. */
  @Test
  void onlyTheSentenceOfTheServerShouldBeShown() {
    PSQLException e =
        new PSQLException(
            new ServerErrorMessage(
                "SERROR\0C23505\0Mduplicate key value violates unique constraint \"some_key\"\0"
                    + "DKey (name)=(quoted.example) already exists.\0"
                    + "HTry quoted.example\0WCOPY t, line 1: quoted.example\0"
                    + "qINSERT quoted.example\0\0"));

    assertThat(e.getMessage()).contains("quoted.example");
    assertThat(FailureText.of(e))
        .isEqualTo("duplicate key value violates unique constraint \"some_key\" (23505)");
  }

  @Test
  void sentenceShouldBeOneLine() {
    assertThat(FailureText.of(new SQLException(" one\r\n\ttwo\n", "08006")))
        .isEqualTo("it cannot be reached: one two (08006)");
  }

  @Test
  void longSentenceShouldBeCutAt200Characters() {
    assertThat(FailureText.of(new SQLException("x".repeat(200)))).isEqualTo("x".repeat(200));
    assertThat(FailureText.of(new SQLException("x".repeat(201), "XX000")))
        .isEqualTo("x".repeat(200) + "… (XX000)");
  }

  @Test
  void failureWithoutASentenceShouldBeNamed() {
    assertThat(FailureText.of(new SQLException())).isEqualTo("SQLException");
    assertThat(FailureText.of(new IllegalStateException("not run")))
        .isEqualTo("java.lang.IllegalStateException: not run");
  }
}
