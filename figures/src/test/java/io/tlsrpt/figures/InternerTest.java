// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.figures;

import static org.assertj.core.api.Assertions.assertThat;

import io.tlsrpt.report.DomainName;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class InternerTest {
  @Test
  void contributionsOfAReporterShouldShareItsName() {
    DomainName first = contribution("good.example").reporter();

    assertThat(contribution("good.example").reporter()).isSameAs(first);
    assertThat(contribution("big.example").reporter()).isEqualTo(new DomainName("big.example"));
  }

  @Test
  void valuesShouldBeSharedHoweverManyThereAre() {
    List<DomainName> first = names();

    List<DomainName> again = names();
    for (int i = 0; i < first.size(); i++) {
      assertThat(again.get(i)).isSameAs(first.get(i));
    }
  }

  private static List<DomainName> names() {
    return IntStream.range(0, 10_000)
        .mapToObj(i -> Interner.REPORTERS.of(new DomainName("r" + i + ".example")))
        .toList();
  }

  private static Contribution contribution(String reporter) {
    return Reports.contribution(
        Reports.report(
            reporter, LocalDate.EPOCH, Instant.parse("1970-01-02T15:00:00Z"), Reports.sts(1, 0)));
  }
}
