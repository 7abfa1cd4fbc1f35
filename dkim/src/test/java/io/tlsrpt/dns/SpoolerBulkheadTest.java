// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.dns;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SpoolerBulkheadTest {
  private final SpoolerBulkhead bulkhead = new SpoolerBulkhead();

  @Test
  void fewThreadsShouldWaitForOneOrganisation() {
    for (int i = 0; i < SpoolerBulkhead.MAX_FOR_AN_ORGANISATION; i++) {
      begin("a.example");
    }
    assertThat(bulkhead.begin("a.example")).isEmpty();
    assertThat(bulkhead.begin("b.example")).isPresent();
  }

  @Test
  void fewThreadsShouldWaitInAll() {
    SpoolerBulkhead.Wait first = begin("first.example");
    for (int i = 1; i < SpoolerBulkhead.MAX; i++) {
      begin("d" + i + ".example");
    }
    assertThat(bulkhead.begin("e.example")).isEmpty();
    first.close();
    assertThat(bulkhead.begin("e.example")).isPresent();
  }

  @Test
  void organisationShouldNotBeWaitedForAgainAtOnce() {
    SpoolerBulkhead.Wait wait = begin("a.example");
    wait.endInVain();
    wait.close();
    assertThat(bulkhead.begin("a.example")).isEmpty();
    assertThat(bulkhead.begin("b.example")).isPresent();
  }

  private SpoolerBulkhead.Wait begin(String organisation) {
    return bulkhead.begin(organisation).orElseThrow();
  }
}
