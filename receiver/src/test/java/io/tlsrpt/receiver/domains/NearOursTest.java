// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.receiver.domains;

import static org.assertj.core.api.Assertions.assertThat;

import io.tlsrpt.report.DomainName;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NearOursTest {
  private static final NearOurs NEAR =
      new NearOurs(
          new OurDomains(
              domains("example.com", "mail.alpha.example", "a.co.uk", "eu.org", "localhost"),
              Arrays.stream(new String[] {"mx1.hoster.example", "*.customers.example"})
                  .flatMap(written -> DomainPattern.parse(written).stream())
                  .collect(Collectors.toSet()),
              Set.of()));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mx1.example.com",
        "a.b.example.com",
        "_mx.example.com",
        "alpha.example",
        "mx.alpha.example",
        "mx2.hoster.example",
        "hoster.example",
        "customers.example",
        "mx.a.co.uk",
        "mx.eu.org",
      })
  void whatIsBelowOursOrRegisteredWithItShouldLookLikeOurs(String name) {
    assertThat(NEAR.test(new DomainName(name))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "example.net",
        "com",
        "example",
        "beta.example",
        "notexample.com",
        "example.com.evil.example",
        "b.co.uk",
        "co.uk",
        "org",
        "127.0.0.1",
        "_1",
      })
  void strangersShouldNot(String name) {
    assertThat(NEAR.test(new DomainName(name))).isFalse();
  }

  @Test
  void whoHasNoDomainsShouldHaveNoNeighbours() {
    assertThat(
            new NearOurs(new OurDomains(Set.of(), Set.of(), Set.of()))
                .test(new DomainName("example.com")))
        .isFalse();
  }

  private static Set<DomainName> domains(String... names) {
    return Arrays.stream(names).map(DomainName::new).collect(Collectors.toSet());
  }
}
