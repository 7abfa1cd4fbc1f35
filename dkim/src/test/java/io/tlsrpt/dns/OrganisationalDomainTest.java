// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.dns;

import static org.assertj.core.api.Assertions.assertThat;

import io.tlsrpt.report.DomainName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where registries end and organisations begin. */
class OrganisationalDomainTest {
  @ParameterizedTest
  @CsvSource({
    "google.com, google.com",
    "mail.eu.google.com, google.com",
    "reports.example.co.uk, example.co.uk",
    // A suffix itself was registered by nobody.
    "co.uk, co.uk",
    // The list's default rule: a top-level domain that it lacks is a suffix.
    "a.b.c.no-such-tld, c.no-such-tld",
    "localhost, localhost",
    // Labels that only the DNS allows.
    "_dmarc._x.example.com, example.com",
    // Whoever has a name below a private suffix is an organisation of its own.
    "reports.somebody.github.io, somebody.github.io",
  })
  void organisationShouldBeWhatSomebodyRegistered(String domain, String organisation) {
    assertThat(OrganisationalDomain.of(new DomainName(domain)).value()).isEqualTo(organisation);
  }

  @ParameterizedTest
  @ValueSource(strings = {"com", "co.uk", "github.io", "no-such-tld"})
  void publicSuffixShouldBeKnown(String domain) {
    assertThat(OrganisationalDomain.isPublicSuffix(new DomainName(domain))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"example.com", "example.co.uk", "somebody.github.io", "a.no-such-tld"})
  void whatIsRegisteredShouldBeNoPublicSuffix(String domain) {
    assertThat(OrganisationalDomain.isPublicSuffix(new DomainName(domain))).isFalse();
  }
}
