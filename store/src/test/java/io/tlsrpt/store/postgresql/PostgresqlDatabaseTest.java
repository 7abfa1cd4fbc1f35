// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import io.tlsrpt.store.Database;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which URLs name a database, and who uses it. */
class PostgresqlDatabaseTest {
  private static final String URL = "jdbc:postgresql://db.example/reports";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "jdbc:postgresql://db.example/reports | PostgreSQL at db.example:5432/reports",
        "jdbc:postgresql://db.example:5433/reports | PostgreSQL at db.example:5433/reports",
        "jdbc:postgresql://a.example,b.example:5433/reports"
            + "| PostgreSQL at a.example,b.example:5432,5433/reports",
        "jdbc:postgresql://db.example/reports? | PostgreSQL at db.example:5432/reports",
        "jdbc:postgresql://db.example/reports?sslmode=verify-full&connectTimeout=9"
            + "| PostgreSQL at db.example:5432/reports",
        "jdbc:postgresql://db.example/reports?user=james&password=secret"
            + "| PostgreSQL at db.example:5432/reports",
      })
  void databaseShouldBeNamedWithoutALogin(String url, String name) {
    assertThat(PostgresqlDatabase.parse(url)).get().hasToString(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "jdbc:postgresql:reports",
        "jdbc:postgresql:///reports",
        "jdbc:postgresql://db.example",
        "jdbc:postgresql://db.example/",
        "jdbc:postgresql://db.example/reports/more",
        "jdbc:postgresql://db.example:port/reports",
        "jdbc:postgresql://db.example/reports?sslmod=verify-full",
        "jdbc:postgresql://db.example/reports?sslmode=verify-full&more=true",
        "jdbc:sqlite:reports.db",
        "postgresql://db.example/reports",
        " jdbc:postgresql://db.example/reports",
      })
  void otherUrlShouldBeRefused(String url) {
    assertThat(PostgresqlDatabase.parse(url)).isEmpty();
  }

  @Test
  void loginShouldMakeAnotherDatabaseOfTheSameName() {
    Database database = parse(URL);
    Database withLogin = withLogin(database, "james", "secret");

    assertThat(withLogin)
        .isNotEqualTo(database)
        .isNotEqualTo(withLogin(database, "james", "other"))
        .isNotEqualTo(withLogin(database, "other", "secret"))
        .hasToString(database.toString());
    assertThat(withLogin(parse(URL), "james", "secret")).isEqualTo(withLogin);
    assertThat(withLogin(parse(URL), "james", "secret")).hasSameHashCodeAs(withLogin);
    assertThat(parse(URL + "2")).isNotEqualTo(database);
  }

  @Test
  void lastLoginShouldCount() {
    assertThat(withLogin(withLogin(parse(URL), "first", "secret"), "james", "other"))
        .isEqualTo(withLogin(parse(URL), "james", "other"));
  }

  @ParameterizedTest
  @CsvSource({
    "'', james, secret, true",
    "?user=james, '', secret, true",
    "?user=james, james, secret, false",
    "?user=james, james, '', false",
    "?password=secret, james, '', true",
    "?password=secret, james, secret, false",
    "?user=james&password=secret, '', '', true",
    "?user=james&password=secret, '', secret, false",
  })
  void whatTheUrlSaysShouldNotBeSaidAgain(
      String parameters, String user, String password, boolean isClear) {
    assertThat(parse(URL + parameters).withLogin(given(user), given(password)).isPresent())
        .isEqualTo(isClear);
  }

  private static PostgresqlDatabase parse(String url) {
    return PostgresqlDatabase.parse(url).orElseThrow();
  }

  private static Database withLogin(Database database, String user, String password) {
    return database.withLogin(Optional.of(user), Optional.of(password)).orElseThrow();
  }

  private static Optional<String> given(String text) {
    return text.isEmpty() ? Optional.empty() : Optional.of(text);
  }
}
