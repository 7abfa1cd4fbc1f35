// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.dkim;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tlsrpt.dkim.Author.Known;
import io.tlsrpt.dkim.Author.Unknown;
import io.tlsrpt.message.Header;
import io.tlsrpt.message.RawMail;
import io.tlsrpt.report.DomainName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whose mail it is by its From field, and which signers may answer for it. */
class AuthorTest {
  @ParameterizedTest
  @CsvSource({
    "example.com, example.com, true",
    "mail.example.com, example.com, true",
    "a.b.example.com, example.com, true",
    // A domain below the author's, one beside it, one that only ends alike.
    "example.com, mail.example.com, false",
    "mail.example.com, other.example.com, false",
    "badexample.com, example.com, false",
    // Public suffixes, under which anybody can have a domain.
    "example.com, com, false",
    "example.co.uk, co.uk, false",
    "co.uk, co.uk, true",
  })
  void signerShouldBeTheAuthorsDomainOrOneAboveIt(
      DomainName author, DomainName signer, boolean covers) {
    assertThat(new Known(author).isCoveredBy(signer)).isEqualTo(covers);
  }

  @Test
  void onlyFromFieldShouldNameTheAuthor() {
    Header header = header("Sender: x@other.example", "FROM: TLS <tls@Example.COM>");

    assertThat(Author.of(header)).isEqualTo(new Known(new DomainName("example.com")));
    assertThat(Author.domainOf(header)).hasValue(new DomainName("example.com"));
    assertThat(Author.describe(Author.of(header))).isEqualTo("From domain example.com");
  }

  @Test
  void mailWithoutAFromFieldShouldHaveNoAuthor() {
    Header header = header("Sender: x@example.com");

    assertThat(Author.of(header)).isEqualTo(new Unknown("there is no From field"));
    assertThat(Author.domainOf(header)).isEmpty();
    assertThat(Author.describe(Author.of(header))).isEqualTo("there is no From field");
  }

  /** Readers differ in which of them they show. */
  @Test
  void mailWithTwoFromFieldsShouldHaveNoAuthor() {
    assertThat(Author.of(header("From: x@example.com", "From: x@example.com")))
        .isEqualTo(new Unknown("there are 2 From fields"));
  }

  @ParameterizedTest
  @CsvSource({"D.Example, d.example", "b\u00fccher.example, xn--bcher-kva.example"})
  void domainShouldBeComparedInOneForm(String written, DomainName domain) {
    assertThat(Author.in(written)).isEqualTo(new Known(domain));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a..example", "a b.example", "[192.0.2.1]"})
  void domainThatIsNoHostNameShouldBeUnknownWithoutTheSendersText(String written) {
    assertThat(Author.in(written))
        .isEqualTo(new Unknown("the domain of the From address is no host name"));
  }

  private static Header header(String... fields) {
    byte[] mail = (String.join("\r\n", fields) + "\r\n\r\n").getBytes(UTF_8);
    return RawMail.of(mail, mail.length).header();
  }
}
