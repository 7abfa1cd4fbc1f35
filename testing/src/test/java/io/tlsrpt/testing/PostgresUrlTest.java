// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PostgresUrlTest {
  @ParameterizedTest
  @CsvSource({
    "jdbc:postgresql://db/postgres?user=admin&password=x, jdbc:postgresql://db/t?user=u&password=p",
    "jdbc:postgresql://db:5433/?password=x, jdbc:postgresql://db:5433/t?user=u&password=p",
    "jdbc:postgresql://db/x, jdbc:postgresql://db/t?user=u&password=p",
    "jdbc:postgresql://db/x?ssl=true&user=admin, jdbc:postgresql://db/t?user=u&password=p&ssl=true",
    "jdbc:postgresql://db/x?user=a&ssl=true, jdbc:postgresql://db/t?user=u&password=p&ssl=true",
  })
  void anotherDatabaseShouldBeTheSameServers(String url, String expected) {
    assertThat(PostgresUrl.parse(url).withDatabase("t").withUser("u", "p")).hasToString(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "jdbc:postgresql://db/x?user=u&password=p, jdbc:postgresql://db/x",
    "jdbc:postgresql://db/x?user=u&password=p&ssl=true, jdbc:postgresql://db/x?ssl=true",
  })
  void urlShouldComeWithoutItsLogin(String url, String expected) {
    assertThat(PostgresUrl.parse(url).withoutUser()).hasToString(expected);
  }

  @Test
  void otherUrlShouldBeRefusedWithoutItsPassword() {
    assertThatThrownBy(() -> PostgresUrl.parse("jdbc:sqlite:x?password=secret"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("secret");
  }
}
