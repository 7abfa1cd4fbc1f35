// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How far the clocks of a server and of its database may be apart. */
class ClockComparisonTest {
  private static final Instant DATABASE = Instant.parse("2026-06-02T15:00:00.123456Z");

  private final AtomicReference<Instant> server = new AtomicReference<>(DATABASE);
  private final ClockComparison clocks = new ClockComparison(server::get);

  @ParameterizedTest
  @ValueSource(longs = {-30_000, -1, 0, 1, 30_000})
  void halfAMinuteShouldBeNoError(long millisAhead) {
    put(millisAhead);
    clocks.compare(micros());

    assertThat(clocks.error()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "30001, this server's clock is 30 seconds ahead of the database's",
    "-31000, this server's clock is 31 seconds behind the database's",
    "-86400000, this server's clock is 1440 minutes behind the database's",
  })
  void moreThanHalfAMinuteShouldBeAnError(long millisAhead, String error) {
    put(millisAhead);
    clocks.compare(micros());

    assertThat(clocks.error()).hasValue(error);
  }

  @Test
  void errorShouldEndOnceTheClockIsRight() {
    put(60_000);
    clocks.compare(micros());
    put(0);
    clocks.compare(micros());

    assertThat(clocks.error()).isEmpty();
  }

  /** A clock that is behind does no harm, however far. */
  @ParameterizedTest
  @ValueSource(longs = {-86_400_000, 0, 600_000})
  void tenMinutesAheadShouldStillStoreReports(long millisAhead) throws SQLException {
    put(millisAhead);
    clocks.check(micros());

    assertThat(clocks.error().isPresent()).isEqualTo(millisAhead != 0);
  }

  @Test
  void moreThanTenMinutesAheadShouldStoreNothing() {
    put(600_001);

    assertThatExceptionOfType(SQLException.class)
        .isThrownBy(() -> clocks.check(micros()))
        .withMessage(
            "this server's clock is 10 minutes ahead of the database's; reports are stored again"
                + " once it is right");
    assertThat(clocks.error())
        .hasValue("this server's clock is 10 minutes ahead of the database's");
  }

  private void put(long millisAhead) {
    server.set(DATABASE.plusMillis(millisAhead));
  }

  private static long micros() {
    return ChronoUnit.MICROS.between(Instant.EPOCH, DATABASE);
  }
}
