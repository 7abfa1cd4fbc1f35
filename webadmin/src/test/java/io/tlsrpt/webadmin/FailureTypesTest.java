// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.webadmin;

import static org.assertj.core.api.Assertions.assertThat;

import io.tlsrpt.figures.FailureKind;
import java.util.Arrays;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;

class FailureTypesTest {
  private final Asking asking = new Asking(new SampleFigures());

  @Test
  void typesShouldBeInTheirThreeGroups() {
    Document page = asking.page("/tlsrpt/failure-types");
    assertThat(page.select("h2").eachText())
        .containsExactly("TLS negotiation", "MTA-STS", "DNS and DANE");
    assertThat(page.select("h3").eachText())
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(FailureKind.values()).map(FailureKind::key).toList());
  }

  @Test
  void typeShouldHaveAPageOfItsOwn() {
    Document page = asking.page("/tlsrpt/failure-types/certificate-expired");
    assertThat(page.select("h1").text()).isEqualTo("certificate-expired");
    assertThat(page.select("details[open] pre").text()).contains("openssl s_client");
    assertThat(page.select("details li")).hasSizeGreaterThan(1);
    assertThat(asking.get("/tlsrpt/failure-types/certificate-expired").body())
        .startsWith(
            "{\"failureTypes\":[{\"resultType\":\"certificate-expired\","
                + "\"group\":\"tls-negotiation\",\"explanation\":\"");
  }

  @Test
  void unknownTypeShouldNotBeThere() {
    assertThat(asking.get("/tlsrpt/failure-types/rain").status()).isEqualTo(404);
  }
}
