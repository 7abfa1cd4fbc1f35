// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A bad setting stops a real James, with a message that says what to mend. */
class BadConfigurationIT {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<!-- <dkim>required</dkim> --> | <maxDomain>5</maxDomain>"
            + " | unknown parameter maxDomain with value '5'; allowed: domains, dkim,",
        "<!-- <dkim>required</dkim> --> | <maxReportSize>25 MB</maxReportSize>"
            + " | parameter maxReportSize is '25 MB'; allowed: a size from 1 KiB to 1 GiB",
        "<!-- <dkim>required</dkim> --> | <dkim>perhaps</dkim>"
            + " | parameter dkim is 'perhaps'; allowed: required, off",
        "<!-- <checks>dns</checks> --> | <checks>dns, everything</checks>"
            + " | parameter checks is 'dns, everything'; allowed: off, or a comma list of dns,",
        "<!-- <mxAddresses>mx.example.com=10.0.0.5:25</mxAddresses> -->"
            + " | <mxAddresses>mx.example.com=mx.example.net</mxAddresses>"
            + " | parameter mxAddresses is 'mx.example.com=mx.example.net'; allowed: a comma list",
        "IsTlsReport=tlsrpt@example.com | IsTlsReport=tlsrpt"
            + " | IsTlsReport=tlsrpt: 'tlsrpt' is no mail address; allowed: a comma list",
        "<!-- <dkim>required</dkim> --> | <rejectedProcessor>nowhere</rejectedProcessor>"
            + " | undefined processors: [nowhere]",
      })
  void badSettingShouldStopJames(String before, String after, String message) {
    JamesHome home =
        JamesHome.create(Build.directory("james-bad"), Ports.free(), Build.jarForJames38());
    home.edit("mailetcontainer.xml", before, after);
    try (JamesServer james = JamesServer.launch(home)) {
      assertThat(james.awaitExit(Duration.ofMinutes(1))).isNotZero();
      assertThat(james.log()).contains(message);
    }
  }
}
