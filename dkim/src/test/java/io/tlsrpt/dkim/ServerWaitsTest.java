// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.dkim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ServerWaitsTest {
  private final ServerWaits waits = new ServerWaits();

  @Test
  void fewThreadsShouldWaitForOneOwner() {
    for (int i = 0; i < 8; i++) {
      begin("a.example");
    }
    assertThat(waits.begin("a.example")).isEmpty();
    assertThat(waits.begin("b.example")).isPresent();
  }

  @Test
  void ownerShouldNotBeWaitedForAgainAtOnce() throws Exception {
    ServerWaits.Wait wait = begin("a.example");
    Thread.sleep(1_100);
    wait.endInVain();
    wait.close();
    assertThat(waits.begin("a.example")).isEmpty();
    assertThat(waits.begin("b.example")).isPresent();
  }

  @Test
  void waitThatWasCutShortShouldSayNothing() {
    ServerWaits.Wait wait = begin("a.example");
    wait.endInVain();
    wait.close();
    assertThat(waits.begin("a.example")).isPresent();
  }

  @Test
  void silenceOfManyShouldLeaveFewThreads() throws Exception {
    List<ServerWaits.Wait> silent = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      silent.add(begin("d" + i + ".example"));
    }
    begin("e.example");
    Thread.sleep(1_100);
    assertThat(waits.begin("f.example")).isEmpty();
    silent.forEach(ServerWaits.Wait::endInVain);
    silent.forEach(ServerWaits.Wait::close);
    for (int i = 0; i < 3; i++) {
      begin("g" + i + ".example").close();
      begin("h" + i + ".example");
    }
    assertThat(waits.begin("i.example")).isEmpty();
  }

  private ServerWaits.Wait begin(String owner) {
    return waits.begin(owner).orElseThrow();
  }
}
