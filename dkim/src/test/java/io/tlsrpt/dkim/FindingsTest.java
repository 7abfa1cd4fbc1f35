// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.dkim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.tlsrpt.dkim.Authenticity.Standing;
import io.tlsrpt.dkim.Authenticity.Unauthenticated;
import io.tlsrpt.dkim.Authenticity.Undecided;
import io.tlsrpt.report.DomainName;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Which of a mail's signatures decides, when none of them is good. */
class FindingsTest {
  private static final Unauthenticated FAILED = new Unauthenticated(Fault.FAILED, "first");
  private static final Unauthenticated SERVICE = new Unauthenticated(Fault.SERVICE, "");
  private static final Undecided UNANSWERED = undecided(Standing.UNANSWERED);
  private static final Undecided LIKELY = undecided(Standing.LIKELY);

  @Test
  void faultClosestToGoodShouldBeTold() {
    assertThat(closest(FAILED, SERVICE, new Unauthenticated(Fault.MISALIGNED, "")))
        .isEqualTo(SERVICE);
  }

  @Test
  void signatureThatMayTurnOutGoodShouldComeBeforeAnyFault() {
    assertThat(closest(SERVICE, UNANSWERED, FAILED)).isEqualTo(UNANSWERED);
  }

  @Test
  void bestStandingShouldBeTold() {
    assertThat(closest(UNANSWERED, LIKELY, undecided(Standing.UNASKED))).isEqualTo(LIKELY);
  }

  @Test
  void firstOfTwoAlikeShouldBeTold() {
    assertThat(closest(FAILED, new Unauthenticated(Fault.FAILED, "second"))).isEqualTo(FAILED);
  }

  @Test
  void mailWithoutAFindingShouldBeRefused() {
    assertThatIllegalStateException().isThrownBy(() -> closest());
  }

  private static Authenticity closest(Authenticity... all) {
    Findings findings = new Findings();
    Arrays.stream(all).forEach(findings::add);
    return findings.closest();
  }

  private static Undecided undecided(Standing standing) {
    return new Undecided(
        new DomainName("example.com"), "s._domainkey.example.com", "", standing, true);
  }
}
