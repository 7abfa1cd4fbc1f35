// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.report.parser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

import java.util.HashSet;
import java.util.Set;
import java.util.zip.Inflater;
import org.junit.jupiter.api.Test;

class InflaterPoolTest {
  private final InflaterPool pool = new InflaterPool();

  @Test
  void inflaterShouldBeUsedAgain() {
    Inflater inflater = pool.take();
    inflater.setInput(new byte[] {3});
    pool.giveBack(inflater);

    assertThat(pool.take()).isSameAs(inflater);
    assertThat(inflater.getRemaining()).isZero();
  }

  @Test
  void everyTakerShouldHaveOneOfItsOwn() {
    Set<Inflater> taken = new HashSet<>();
    for (int i = 0; i < 10; i++) {
      assertThat(taken.add(pool.take())).isTrue();
    }
  }

  @Test
  void whatIsTooMuchShouldBeEnded() {
    Inflater[] taken = new Inflater[5];
    for (int i = 0; i < taken.length; i++) {
      taken[i] = pool.take();
    }
    for (Inflater inflater : taken) {
      pool.giveBack(inflater);
    }

    assertThat(pool.idle()).isEqualTo(4);
    assertThatException().isThrownBy(() -> taken[4].reset());
  }
}
