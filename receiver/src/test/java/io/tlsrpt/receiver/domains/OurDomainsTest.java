// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.receiver.domains;

import static org.assertj.core.api.Assertions.assertThat;

import io.tlsrpt.report.DomainName;
import io.tlsrpt.store.DomainStanding;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which domains are ours, and how firmly. */
class OurDomainsTest {
  /** The server serves one domain; the administrator named another, and a pattern. */
  private static final OurDomains OURS =
      ours("served.example", "named.example", "*.mx.example", "kept.mx.example");

  @ParameterizedTest
  @CsvSource({
    "served.example, NAMED",
    "named.example, NAMED",
    // Both fit the pattern; one has an entry of its own.
    "kept.mx.example, NAMED",
    "a.mx.example, UNLISTED",
    "a.b.mx.example, UNLISTED",
    // It is an MX host of ours, wherever its name is.
    "mx1.provider.example, UNLISTED",
    // A pattern is for what is below it.
    "mx.example, NOT_OURS",
    "badmx.example, NOT_OURS",
    "sub.served.example, NOT_OURS",
    "sub.named.example, NOT_OURS",
  })
  void domainShouldHaveItsStanding(String domain, DomainStanding standing) {
    assertThat(OURS.standing(new DomainName(domain))).isEqualTo(standing);
    assertThat(OURS.test(new DomainName(domain))).isEqualTo(standing != DomainStanding.NOT_OURS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "*", "*.", "*.*.example", "a.*.example", "*example", "a..example"})
  void malformedEntryShouldBeRefused(String written) {
    assertThat(DomainPattern.parse(written)).isEmpty();
  }

  @Test
  void entryShouldBeReadInOneForm() {
    assertThat(DomainPattern.parse("*.MX.Example"))
        .hasValue(new DomainPattern(new DomainName("mx.example"), true));
    assertThat(DomainPattern.parse("Example.com."))
        .hasValue(new DomainPattern(new DomainName("example.com"), false));
  }

  /** Until the server has answered, none of the domains that it may serve is given up. */
  @Test
  void domainShouldCountAsServedBeforeTheFirstLook() {
    CurrentDomains current = new CurrentDomains(OURS.named(), Set::of);

    assertThat(current.served()).isEmpty();
    assertThat(current.standing(new DomainName("other.example"))).isEqualTo(DomainStanding.NAMED);
    assertThat(current.standing(new DomainName("a.mx.example"))).isEqualTo(DomainStanding.UNLISTED);

    current.look(OURS);
    assertThat(current.served()).containsExactly(new DomainName("served.example"));
    assertThat(current.standing(new DomainName("other.example")))
        .isEqualTo(DomainStanding.NOT_OURS);
  }

  /**
   * Else it would count as served until the next look, and could take a place of another domain.
   */
  @Test
  void newMxHostShouldBeUnlistedBeforeTheNextLook() {
    DomainName host = new DomainName("mx.new.example");
    Set<DomainName> hosts = new HashSet<>();
    CurrentDomains current = new CurrentDomains(OURS.named(), () -> hosts);
    current.look(OURS);
    assertThat(current.standing(host)).isEqualTo(DomainStanding.NOT_OURS);

    hosts.add(host);
    assertThat(current.standing(host)).isEqualTo(DomainStanding.UNLISTED);
  }

  private static OurDomains ours(String served, String... named) {
    return new OurDomains(
        Set.of(new DomainName(served)),
        Arrays.stream(named)
            .flatMap(entry -> DomainPattern.parse(entry).stream())
            .collect(Collectors.toSet()),
        Set.of(new DomainName("mx1.provider.example")));
  }
}
