// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.figures.guide;

import static org.assertj.core.api.Assertions.assertThat;

import io.tlsrpt.figures.FailureKind;
import io.tlsrpt.report.DomainName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said of failures in beans, and in docs/failure-types.md. */
class FailureGuideTest {
  private static final DomainName DOMAIN = new DomainName("mail.example.org");

  @ParameterizedTest
  @EnumSource
  void everyKindShouldHaveTheWordsOfItsSection(FailureKind kind) throws IOException {
    FailureAdvice advice = FailureGuide.of(kind);
    String section =
        Files.readString(Path.of("../docs/failure-types.md"))
            .split("\n### " + kind.key() + "\n", 2)[1]
            .split("\n##+ ", 2)[0];

    assertThat(words(advice.explanation() + "\n" + advice.remedy()))
        .isEqualTo(words(section.replaceAll("\\*\\*(Look|Change)\\*\\*|```(sh)?|`", "")));
    assertThat(advice.explanation()).doesNotContain("`", "**").hasSizeGreaterThan(200);
    assertThat(advice.remedy()).containsPattern("(?m)^(openssl|dig|curl|delv) ").contains("\n- ");
  }

  private static String words(String text) {
    return text.strip().replaceAll("\\s+", " ");
  }

  @ParameterizedTest
  @CsvSource({
    "STARTTLS_NOT_SUPPORTED, TLS_NEGOTIATION",
    "UNSPECIFIED, TLS_NEGOTIATION",
    "STS_POLICY_FETCH_ERROR, MTA_STS",
    "STS_WEBPKI_INVALID, MTA_STS",
    "TLSA_INVALID, DNS_AND_DANE",
    "DANE_REQUIRED, DNS_AND_DANE",
  })
  void kindsShouldBeInTheGroupWhereTheyAreMended(FailureKind kind, FailureGroup group) {
    assertThat(FailureGuide.of(kind).group()).isEqualTo(group);
  }

  @Test
  void commandsShouldHaveTheNamesOfTheDomain() {
    FailureAdvice advice =
        FailureGuide.of(FailureKind.CERTIFICATE_HOST_MISMATCH)
            .about(DOMAIN, Optional.of("mx7.example.net"));

    assertThat(advice.remedy())
        .contains("dig +short MX mail.example.org\n")
        .contains("-connect mx7.example.net:25 -servername mx7.example.net")
        .contains("https://mta-sts.mail.example.org/.well-known/mta-sts.txt")
        .doesNotContain("example.com", "MX_HOST");
    assertThat(advice.explanation()).contains("mx7.example.net").doesNotContain("example.com");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "mx", "$(reboot).example.net", "-o.example.net", "mx;ls.example.net"})
  void nameThatAShellWouldReadShouldNotBePutIntoACommand(String reported) {
    FailureAdvice advice =
        FailureGuide.of(FailureKind.CERTIFICATE_EXPIRED).about(DOMAIN, Optional.of(reported));

    assertThat(advice.remedy())
        .startsWith("MX_HOST is each host that this names: dig +short MX mail.example.org\n")
        .contains("-connect MX_HOST:25");
    assertThat(advice.explanation()).contains("the MX host").doesNotContain("MX_HOST");
  }
}
