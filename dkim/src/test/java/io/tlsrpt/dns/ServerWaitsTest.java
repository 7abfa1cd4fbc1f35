// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.dns;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ServerWaitsTest {
  private final ServerWaits waits = new ServerWaits();

  @Test
  void fewThreadsShouldWaitForOneOrganisation() {
    for (int i = 0; i < ServerWaits.MAX_FOR_AN_ORGANISATION; i++) {
      begin("a.example");
    }
    assertThat(waits.begin("a.example")).isEmpty();
    assertThat(waits.begin("b.example")).isPresent();
  }

  @Test
  void fewThreadsShouldWaitInAll() {
    ServerWaits.Wait first = begin("first.example");
    for (int i = 1; i < ServerWaits.MAX; i++) {
      begin("d" + i + ".example");
    }
    assertThat(waits.begin("e.example")).isEmpty();
    first.close();
    assertThat(waits.begin("e.example")).isPresent();
  }

  @Test
  void organisationShouldNotBeWaitedForAgainAtOnce() {
    ServerWaits.Wait wait = begin("a.example");
    wait.endInVain();
    wait.close();
    assertThat(waits.begin("a.example")).isEmpty();
    assertThat(waits.begin("b.example")).isPresent();
  }

  private ServerWaits.Wait begin(String organisation) {
    return waits.begin(organisation).orElseThrow();
  }
}
