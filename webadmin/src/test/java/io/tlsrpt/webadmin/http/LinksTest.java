// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.webadmin.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinksTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/tlsrpt",
        "/tlsrpt/",
        "/tlsrpt/reports",
        "/tlsrpt/reports/17",
        "/tlsrpt/domains/example.com"
      })
  void linksShouldLeadToTheSameFromEverywhereAlsoBehindAPrefix(String path) {
    Links links = Links.from(path);
    for (String prefix : new String[] {"", "/james", "/mail/james"}) {
      URI here = URI.create("http://proxy.example" + prefix + path);
      assertThat(here.resolve(links.overview()).getPath()).isEqualTo(prefix + "/tlsrpt");
      assertThat(here.resolve(links.report(5)).getPath()).isEqualTo(prefix + "/tlsrpt/reports/5");
      assertThat(here.resolve(links.domain("a.example")).getPath())
          .isEqualTo(prefix + "/tlsrpt/domains/a.example");
    }
  }

  @Test
  void valuesShouldBeEncoded() {
    assertThat(Links.from("/tlsrpt").reports(Links.with("type", "a&b=c d", "domain", "")))
        .isEqualTo("tlsrpt/reports?type=a%26b%3Dc%20d");
  }
}
