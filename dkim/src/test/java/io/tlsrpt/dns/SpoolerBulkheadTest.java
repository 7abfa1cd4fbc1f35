// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.dns;

import static org.assertj.core.api.Assertions.assertThat;

import io.tlsrpt.report.DomainName;
import org.junit.jupiter.api.Test;

class SpoolerBulkheadTest {
  private static final DomainName A = new DomainName("a.example");
  private static final DomainName B = new DomainName("b.example");

  private final SpoolerBulkhead bulkhead = new SpoolerBulkhead();

  @Test
  void fewThreadsShouldWaitForOneOrganisation() {
    for (int i = 0; i < SpoolerBulkhead.MAX_FOR_AN_ORGANISATION; i++) {
      begin("a.example");
    }
    assertThat(bulkhead.begin(A)).isEmpty();
    assertThat(bulkhead.begin(B)).isPresent();
  }

  @Test
  void fewThreadsShouldWaitInAll() {
    SpoolerBulkhead.Wait first = begin("first.example");
    for (int i = 1; i < SpoolerBulkhead.MAX; i++) {
      begin("d" + i + ".example");
    }
    assertThat(bulkhead.begin(new DomainName("e.example"))).isEmpty();
    first.close();
    assertThat(bulkhead.begin(new DomainName("e.example"))).isPresent();
  }

  @Test
  void organisationShouldNotBeWaitedForAgainAtOnce() {
    SpoolerBulkhead.Wait wait = begin("a.example");
    wait.endInVain();
    wait.close();
    assertThat(bulkhead.begin(A)).isEmpty();
    assertThat(bulkhead.begin(B)).isPresent();
  }

  private SpoolerBulkhead.Wait begin(String organisation) {
    return bulkhead.begin(new DomainName(organisation)).orElseThrow();
  }
}
