// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.receiver.domains;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tlsrpt.dns.OrganisationalDomain;
import io.tlsrpt.figures.receiver.UnknownDomain;
import io.tlsrpt.report.DomainName;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** In these tests names below example.com look like ours. */
class UnknownDomainsTest {
  private final UnknownDomains unknown = new UnknownDomains(OrganisationalDomain::of);

  @Test
  void reportShouldTakeTwoPlacesAtMost() {
    tell("r.example", "a.example", "b.example", "c.example");
    tell("r.example", IntStream.range(0, 300).mapToObj(i -> "d" + i + ".example"));

    assertThat(names()).containsExactly("d1.example", "d0.example", "b.example", "a.example");
  }

  @Test
  void reportShouldTakeThemForNamesThatLookLikeOurs() {
    tell("r.example", "a.example", "b.example", "mx1.example.com");

    assertThat(names()).containsExactly("a.example", "mx1.example.com");
  }

  /** A name that has a place uses none of the two places of a report. */
  @Test
  void nameThatHasAPlaceShouldBeCountedBesides() {
    tell("r.example", "a.example", "b.example", "c.example");
    tell("r.example", "a.example", "b.example", "c.example");

    assertThat(unknown.last())
        .extracting(UnknownDomain::count, one -> one.domain().value())
        .containsExactly(tuple(1L, "c.example"), tuple(2L, "b.example"), tuple(2L, "a.example"));
  }

  @Test
  void oneReporterShouldHaveAllPlacesThatNobodyElseNeeds() {
    IntStream.range(0, 25).forEach(i -> tell("r.example", "d" + i + ".example"));

    assertThat(names()).hasSize(20).startsWith("d24.example").endsWith("d5.example");
  }

  @Test
  void namesThatLookLikeOursShouldStayLongest() {
    tell("first.example", "mx1.example.com");
    IntStream.range(0, 40).forEach(i -> tell("r" + i + ".example", "d" + i + ".example"));

    assertThat(names()).hasSize(20).startsWith("d39.example").endsWith("mx1.example.com");
  }

  @Test
  void strangerShouldNotPushOutNamesThatLookLikeOurs() {
    IntStream.range(0, 20).forEach(i -> tell("r" + i + ".example", "mx" + i + ".example.com"));
    List<String> before = names();
    tell("late.example", "stranger.example");

    assertThat(names()).isEqualTo(before);
    tell("late.example", "mx.example.com");
    assertThat(names()).hasSize(20).startsWith("mx.example.com").doesNotContain("mx0.example.com");
  }

  @Test
  void oneOrganisationShouldNotPushOutWhatOthersTold() {
    IntStream.range(0, 8).forEach(i -> tell("good.example", "d" + i + ".example"));
    List<String> told = names();
    flood("x.example");

    assertThat(names()).hasSize(20).containsAll(told);
    IntStream.range(0, 40)
        .forEach(i -> tell("s" + i + ".x.example", "mx" + i + ".flood.example.com"));
    assertThat(names()).hasSize(20).containsAll(told);
  }

  @Test
  void whoHadAllPlacesShouldGiveHalfOfThemBack() {
    flood("x.example");
    IntStream.range(0, 8).forEach(i -> tell("good.example", "d" + i + ".example"));

    assertThat(names()).contains("d0.example", "d7.example");
    flood("x.example");
    assertThat(names()).contains("d0.example", "d7.example");
  }

  /** An organisation that names a domain again does not get the place of the first one. */
  @Test
  void nobodyShouldTakeOverWhatAnotherOneTold() {
    tell("good.example", "d0.example", "mx1.example.com");
    flood("x.example");
    tell("x.example", "d0.example", "mx1.example.com");
    flood("x.example");

    assertThat(names()).contains("d0.example", "mx1.example.com");
  }

  @Test
  void whatWasTakenBeforehandShouldBelongToWhomItHelps() {
    tell("x.example", "d0.example");
    flood("x.example");
    tell("x.example", "d0.example");
    tell("good.example", "d0.example");
    flood("x.example");

    assertThat(names()).contains("d0.example");
    assertThat(unknown.last())
        .filteredOn(one -> one.domain().value().equals("d0.example"))
        .extracting(UnknownDomain::reporter)
        .containsExactly(new DomainName("good.example"));
  }

  private static boolean isNear(DomainName domain) {
    return domain.value().endsWith("example.com");
  }

  private void flood(String reporter) {
    for (int i = 0; i < 50; i++) {
      tell(reporter, "mx" + i + ".flood.example.com", "f" + i + ".flood.example");
    }
  }

  private void tell(String reporter, Stream<String> names) {
    tell(reporter, names.toArray(String[]::new));
  }

  private void tell(String reporter, String... names) {
    unknown.refuse(
        ForeignDomains.of(
            Arrays.stream(names).map(DomainName::new).toList(), UnknownDomainsTest::isNear),
        new DomainName(reporter));
  }

  private List<String> names() {
    return unknown.last().stream().map(one -> one.domain().value()).toList();
  }
}
