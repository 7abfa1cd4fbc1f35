// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.checks.judgement;

import static org.assertj.core.api.Assertions.assertThat;

import io.tlsrpt.figures.FailureKind;
import io.tlsrpt.figures.posture.CheckStatus;
import io.tlsrpt.figures.posture.MxCheck;
import io.tlsrpt.figures.posture.MxPosture;
import io.tlsrpt.figures.posture.Seen;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostSightTest {
  /** What the addresses of a host show, and what they show together. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          OK                   | OK      |
          OK, OK               | OK      |
          OK, FAILING          | FAILING | FAILING of 1
          FAILING, OK          | FAILING | FAILING of 0
          FAILING, FAILING     | FAILING | FAILING of 0; FAILING of 1
          OK, UNKNOWN          | OK      | UNKNOWN of 1
          UNKNOWN, FAILING     | FAILING | FAILING of 1; UNKNOWN of 0
          UNKNOWN, UNKNOWN     | UNKNOWN | UNKNOWN of 0; UNKNOWN of 1
          ABSENT, UNKNOWN      | ABSENT  | ABSENT of 0; UNKNOWN of 1
          ABSENT, OK           | OK      | ABSENT of 0
          OFF, UNKNOWN, OK     | OK      | OFF of 0; UNKNOWN of 1
          """)
  void addressesShouldBeJudgedTogether(String addresses, CheckStatus status, String words) {
    String[] each = addresses.split(", ", -1);
    HostSight[] sights = new HostSight[each.length];
    for (int i = 0; i < each.length; i++) {
      CheckStatus one = CheckStatus.valueOf(each[i]);
      List<String> faults = one == CheckStatus.OK ? List.of() : List.of(one + " of " + i);
      sights[i] = HostSight.all(new Seen(one, Set.of(), faults, List.of()));
    }

    HostSight together = HostSight.worst(Arrays.asList(sights));

    for (MxCheck check : MxCheck.values()) {
      assertThat(together.check(check).status()).isEqualTo(status);
      assertThat(String.join("; ", together.check(check).findings()))
          .isEqualTo(words == null ? "" : words);
    }
  }

  @Test
  void kindsOfAllFaultsShouldBeKept() {
    HostSight together =
        HostSight.worst(
            List.of(
                HostSight.all(Seen.failing("one", FailureKind.CERTIFICATE_EXPIRED)),
                HostSight.all(Seen.unknown("two", FailureKind.OTHER)),
                HostSight.all(Seen.failing("three", FailureKind.CERTIFICATE_NOT_TRUSTED))));

    assertThat(together.check(MxCheck.CERTIFICATE).kinds())
        .isEqualTo(Set.of(FailureKind.CERTIFICATE_EXPIRED, FailureKind.CERTIFICATE_NOT_TRUSTED));
  }

  @Test
  void certificateThatEndsFirstShouldBeShown() {
    HostSight together = HostSight.worst(List.of(ending(9), ending(3), ending(5)));

    assertThat(together.tls().orElseThrow().certificateExpires())
        .isEqualTo(Instant.ofEpochSecond(3));
  }

  private static HostSight ending(long second) {
    return new HostSight(
        HostSight.all(Seen.OK).checks(),
        Optional.of(
            new MxPosture.Tls("192.0.2.1", "TLSv1.3", Instant.ofEpochSecond(second), "CN=Issuer")));
  }
}
